/** Imports index patterns, searches and dashboards into the OpenSearch Dashboards that stands before the engine. */
import type { EngineKind } from '../schema/component-templates.ts';
import { contentHash } from './content-marker.ts';
import { type Answer, type Engine, type Headers, notOffered, objection, objectOr } from './engine.ts';
import { importForm, savedObjectNames } from './saved-objects-text.ts';
import { SetupRefusedError } from './setup-errors.ts';
import type { SetupStep } from './setup-report.ts';

/** Where the managed service has Dashboards, on the address of the engine. */
const ROOT = '/_dashboards/api/saved_objects';

/** Into the tenant that everyone sees. */
const HEADERS: Headers = { 'osd-xsrf': 'true', securitytenant: 'global' };

export interface AppliedSavedObjects {
  readonly step: SetupStep;
  /** Of what is installed now; undefined where that is not known. */
  readonly hash: string | undefined;
}

/**
 * Imports all of them where one is not there, or where they were installed from other content than now: what a person
 * changes in one stays until a release changes it. `known` is the hash of what was installed.
 *
 * @throws SetupContentError
 */
export async function applySavedObjects(
  engine: Engine,
  ndjson: string,
  known: string | undefined,
  kind: EngineKind,
): Promise<AppliedSavedObjects> {
  const names = savedObjectNames(ndjson);
  const hash = contentHash(ndjson);
  const step = (status: SetupStep['status'], detail: string): SetupStep => ({
    subject: 'saved objects',
    name: 'OpenSearch Dashboards',
    status,
    detail,
  });
  const there = await ask(engine, names);
  const missing = notOffered(there) ?? notHere(there, kind);
  if (missing !== undefined) {
    const detail = `${missing} (OpenSearch Dashboards): import them there by hand`;
    return { step: { ...step('skipped', detail), missing: true }, hash: known };
  }
  if (there.status !== 200) return { step: step('failed', objection(there)), hash: known };
  const found = countFound(there);
  if (found === names.length && known === hash) {
    return { step: step('unchanged', `${found} objects`), hash };
  }
  const answer = await upload(engine, ndjson, hash);
  const wrong = faultOf(answer);
  if (wrong !== undefined) return { step: step('failed', wrong), hash: known };
  return { step: step(found === 0 ? 'created' : 'changed', `${names.length} objects`), hash };
}

async function ask(engine: Engine, names: readonly object[]): Promise<Answer> {
  try {
    return await engine.ask(`${ROOT}/_bulk_get`, names, HEADERS);
  } catch (error) {
    // The engine itself knew the caller a moment ago.
    if (error instanceof SetupRefusedError)
      return { status: 401, body: { message: 'Dashboards does not know the caller' } };
    throw error;
  }
}

/** At Serverless, who may use Dashboards is set up apart from who may use the data, and there may be none. */
function notHere({ status }: Answer, kind: EngineKind): string | undefined {
  if (kind !== 'serverless' || status === 200 || status === 429 || status >= 500) return undefined;
  return `the collection answers ${status}`;
}

/** An object that is not there comes back with an error. */
function countFound({ body }: Answer): number {
  const list = Array.isArray(body.saved_objects) ? body.saved_objects.map(objectOr) : [];
  return list.filter(({ error }) => error === undefined).length;
}

async function upload(engine: Engine, ndjson: string, hash: string): Promise<Answer> {
  const { contentType, body } = importForm(ndjson, `trailgate-${hash}`);
  const headers = { ...HEADERS, 'content-type': contentType };
  return await engine.write('POST', `${ROOT}/_import?overwrite=true`, body, headers);
}

/** It answers 200 also when it has taken nothing. */
function faultOf(answer: Answer): string | undefined {
  const { status, body } = answer;
  if (status >= 300) return objection(answer);
  if (body.success !== false) return undefined;
  const errors = Array.isArray(body.errors) ? body.errors.map(objectOr) : [];
  const [first = {}] = errors;
  return `${errors.length} objects were refused, the first ${first.type} ${first.id}: ${JSON.stringify(first.error)}`.slice(
    0,
    300,
  );
}
