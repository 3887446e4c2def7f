/** Brings the roles of each audience up to date, and maps to them who was named. */
import { type Audience, type AudienceRole, audienceRoles, roleName } from '../schema/audience-roles.ts';
import type { IndexSettings } from '../schema/index-options.ts';
import type { Json } from '../schema/mapping.ts';
import { type Engine, notOffered, objection, objectOr } from './engine.ts';
import { sameJson } from './same-json.ts';
import type { SetupStep, SetupSubject } from './setup-report.ts';

const ROOT = '/_plugins/_security/api';

/** Backend roles by audience: ARNs of IAM roles at the managed service. */
export type RoleMappings = Readonly<Partial<Record<Audience, readonly string[]>>>;

export async function applyRoles(
  engine: Engine,
  settings: IndexSettings,
  mappings: RoleMappings,
): Promise<readonly SetupStep[]> {
  const steps: SetupStep[] = [];
  for (const [name, role] of audienceRoles(settings)) {
    const had = await engine.get(`${ROOT}/roles/${name}`);
    const missing = notOffered(had);
    if (missing !== undefined) {
      const detail = `${missing} (security): who reaches the engine may do everything`;
      return [{ subject: 'role', name: 'all', status: 'skipped', detail, missing: true }];
    }
    if (had.status !== 200 && had.status !== 404) {
      steps.push({ subject: 'role', name, status: 'failed', detail: objection(had) });
      continue;
    }
    const kept = had.status === 404 ? undefined : objectOr(had.body[name]);
    const same = kept !== undefined && sameJson(sayOf(kept), sayOf({ ...role }));
    steps.push(await put(engine, 'role', name, kept !== undefined, same, bodyOf(role)));
  }
  for (const [audience, backendRoles] of Object.entries(mappings)) {
    steps.push(await map(engine, roleName(audience as Audience), backendRoles));
  }
  return steps;
}

function bodyOf(role: AudienceRole): Json {
  return { ...role, tenant_permissions: [] };
}

/** What a role allows, with what the plugin fills in where nothing was given. */
function sayOf(role: Json): Json {
  const permissions = Array.isArray(role.index_permissions) ? role.index_permissions.map(objectOr) : [];
  return {
    description: role.description,
    cluster_permissions: role.cluster_permissions,
    tenant_permissions: role.tenant_permissions ?? [],
    index_permissions: permissions.map(({ index_patterns, allowed_actions, dls, fls, masked_fields }) => ({
      index_patterns,
      allowed_actions,
      dls: dls ?? '',
      fls: fls ?? [],
      masked_fields: masked_fields ?? [],
    })),
  };
}

/** Adds to who is mapped already and takes nobody away: people are mapped by hand, too. */
async function map(engine: Engine, name: string, wanted: readonly string[]): Promise<SetupStep> {
  const had = await engine.get(`${ROOT}/rolesmapping/${name}`);
  if (had.status !== 200 && had.status !== 404) {
    return { subject: 'role mapping', name, status: 'failed', detail: objection(had) };
  }
  const kept = objectOr(had.body[name]);
  const before = listOf(kept.backend_roles);
  const body = {
    backend_roles: [...new Set([...before, ...wanted])],
    hosts: listOf(kept.hosts),
    users: listOf(kept.users),
    and_backend_roles: listOf(kept.and_backend_roles),
  };
  const same = body.backend_roles.length === before.length;
  return await put(engine, 'role mapping', name, had.status === 200, same, body);
}

async function put(
  engine: Engine,
  subject: SetupSubject & ('role' | 'role mapping'),
  name: string,
  there: boolean,
  same: boolean,
  body: Json,
): Promise<SetupStep> {
  if (same) return { subject, name, status: 'unchanged' };
  const path = subject === 'role' ? 'roles' : 'rolesmapping';
  const answer = await engine.write('PUT', `${ROOT}/${path}/${name}`, body);
  if (answer.status >= 300) return { subject, name, status: 'failed', detail: objection(answer) };
  return { subject, name, status: there ? 'changed' : 'created' };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
