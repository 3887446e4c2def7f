/** Applies all that an engine needs before the first document comes, as often as one likes: templates, indices, lifecycle, roles. */
import type { Client } from '@opensearch-project/opensearch';
import type { Channel } from '@trailgate/sdk/wire';
import { type IndexOptions, indexSettings } from '../schema/index-options.ts';
import { channelAlias } from '../schema/index-template.ts';
import { lifecyclePolicyName } from '../schema/lifecycle-policy.ts';
import { SCHEMA_VERSION } from '../schema/schema-version.ts';
import { applyLifecycle } from './apply-lifecycle.ts';
import { applyRoles, type RoleMappings } from './apply-roles.ts';
import { applyTemplates } from './apply-templates.ts';
import { type Engine, engineOf } from './engine.ts';
import { readInstalled } from './installed.ts';
import { AliasTakenError, NewerSchemaError } from './setup-errors.ts';
import type { SetupReport, SetupStep } from './setup-report.ts';
import { upgradeIndices } from './upgrade-indices.ts';

export interface SetupOptions extends IndexOptions {
  /** `serverless`: OpenSearch Serverless, which has neither lifecycle policies nor roles of its own. @default 'cluster' */
  readonly engine?: 'cluster' | 'serverless';
  /** Says what would be done and writes nothing. @default false */
  readonly dryRun?: boolean;
  /** Goes over a newer version that is installed. @default false */
  readonly force?: boolean;
  /** Who is mapped to the roles, beside those who are. @default nobody */
  readonly roleMappings?: RoleMappings;
}

const CHANNELS: readonly Channel[] = ['business', 'trail'];

/**
 * Writes only what differs; a second run writes nothing. What the engine refuses is a step that failed, and the others go on.
 *
 * @throws IndexOptionsError, SetupConnectionError, SetupRefusedError, SetupAnswerError; and, before anything is
 * written, NewerSchemaError and AliasTakenError.
 */
export async function applyIndexSetup(client: Client, options: SetupOptions = {}): Promise<SetupReport> {
  const { engine: kind = 'cluster', dryRun = false, force = false, roleMappings = {}, ...indices } = options;
  const settings = indexSettings(indices);
  const engine = engineOf(client, dryRun);
  const installed = await readInstalled(engine);
  if (!force && installed.version !== undefined && installed.version > SCHEMA_VERSION) {
    throw new NewerSchemaError(installed.version, SCHEMA_VERSION);
  }
  for (const channel of CHANNELS) await checkAliasIsFree(engine, channelAlias(channel));
  const steps: SetupStep[] = [...(await applyTemplates(engine, installed, settings, kind))];
  for (const channel of CHANNELS) steps.push(...(await upgradeIndices(engine, channel)));
  if (kind === 'serverless') steps.push(...LEFT_TO_SERVERLESS);
  else {
    for (const channel of CHANNELS) steps.push(...(await applyLifecycle(engine, channel, settings)));
    steps.push(...(await applyRoles(engine, settings, roleMappings)));
  }
  return {
    version: SCHEMA_VERSION,
    ...(installed.version === undefined ? {} : { installed: installed.version }),
    dryRun,
    steps,
  };
}

async function checkAliasIsFree(engine: Engine, name: string): Promise<void> {
  const { status, body } = await engine.get(`/${name}/_alias`);
  // Asked for an alias, the engine answers with the indices behind it.
  if (status === 200 && Object.hasOwn(body, name)) throw new AliasTakenError(name);
}

const LEFT_TO_SERVERLESS: readonly SetupStep[] = [
  ...CHANNELS.map(
    (channel): SetupStep => ({
      subject: 'lifecycle policy',
      name: lifecyclePolicyName(channel),
      status: 'skipped',
      detail: 'OpenSearch Serverless has none: give the collection a data lifecycle policy',
    }),
  ),
  {
    subject: 'role',
    name: 'all',
    status: 'skipped',
    detail: 'OpenSearch Serverless has none: give each audience a data access policy',
  },
];
