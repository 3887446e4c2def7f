/** Brings the log type, rules, field mapping and detector of Security Analytics up to date, in the order in which one needs the other. */
import type { Json } from '../schema/mapping.ts';
import { contentHash } from './content-marker.ts';
import { type Answer, type Engine, notOffered, objection, objectOr } from './engine.ts';
import type { DetectionRule, SecurityAnalyticsContent } from './security-analytics-content.ts';
import type { SetupStep, SetupSubject } from './setup-report.ts';

const ROOT = '/_plugins/_security_analytics';

export interface AppliedSecurityAnalytics {
  readonly steps: readonly SetupStep[];
  /** Of what is installed now. */
  readonly hashes: Readonly<Record<string, string>>;
}

type Hashes = Readonly<Record<string, string>>;

interface Applied {
  readonly step: SetupStep;
  /** The plugin's own; undefined where it is not known. */
  readonly id?: string | undefined;
}

/**
 * Writes what is not there, and what was installed from other content than now: what a person tunes stays until a release changes
 * it. `index` is the one whose fields are mapped, and `known` are the hashes of what was installed.
 */
export async function applySecurityAnalytics(
  engine: Engine,
  content: SecurityAnalyticsContent,
  index: string,
  known: Hashes,
): Promise<AppliedSecurityAnalytics> {
  const { logType, rules, detector } = content;
  const hashes: Record<string, string> = { ...known };
  const steps: SetupStep[] = [];
  const keep = (applied: Applied, key: string, hash: string): Applied => {
    steps.push(applied.step);
    if (applied.step.status !== 'failed') hashes[key] = hash;
    return applied;
  };
  const types = await find(engine, 'logtype', { match: { name: logType.name } });
  const missing = notOffered(types.answer);
  if (missing !== undefined) {
    const detail = `${missing} (Security Analytics)`;
    const step = {
      subject: 'log type',
      name: logType.name,
      status: 'skipped',
      detail,
      missing: true,
    } as const;
    return { steps: [step], hashes: known };
  }
  const typeHash = contentHash(logType);
  const type = keep(
    await put(engine, {
      subject: 'log type',
      name: logType.name,
      found: types,
      is: ({ name }) => name === logType.name,
      same: known.logType === typeHash,
      path: `${ROOT}/logtype`,
      body: () => logType,
    }),
    'logType',
    typeHash,
  );
  if (type.step.status === 'failed') return { steps, hashes };

  const installed = await find(
    engine,
    'rules',
    nested('rule', 'category', logType.name),
    '?pre_packaged=false',
  );
  const ids: { readonly id: string }[] = [];
  let whole = true;
  for (const rule of rules) {
    const key = `rule ${rule.id}`;
    const hash = contentHash(rule.text);
    const { step, id } = keep(
      await putRule(engine, rule, logType.name, installed, known[key] === hash),
      key,
      hash,
    );
    if (step.status === 'failed') whole = false;
    if (id !== undefined) ids.push({ id });
  }
  steps.push(await applyMapping(engine, content, index));
  if (!whole) {
    const detail = 'a rule that it needs could not be installed';
    steps.push({ subject: 'threat detector', name: detector.name, status: 'failed', detail });
    return { steps, hashes };
  }
  const [{ detector_input }] = detector.inputs;
  const filled: Json = {
    ...detector,
    inputs: [{ detector_input: { ...detector_input, custom_rules: ids } }],
  };
  const detectorHash = contentHash(filled);
  keep(
    await put(engine, {
      subject: 'threat detector',
      name: detector.name,
      found: await find(engine, 'detectors', nested('detector', 'name', detector.name)),
      is: ({ name }) => name === detector.name,
      same: known.detector === detectorHash,
      path: `${ROOT}/detectors`,
      // Whether it is on is up to whoever switched it off.
      body: (kept) => ({ ...filled, enabled: kept?.enabled ?? detector.enabled }),
    }),
    'detector',
    detectorHash,
  );
  return { steps, hashes };
}

interface Found {
  readonly answer: Answer;
  readonly hits: readonly { readonly id: string; readonly source: Json }[];
}

/** More than anyone has of ours. */
const MOST = 1_000;

async function find(engine: Engine, what: string, query: object, suffix = ''): Promise<Found> {
  const answer = await engine.ask(`${ROOT}/${what}/_search${suffix}`, { size: MOST, query });
  const { hits } = objectOr(answer.body.hits);
  const list = Array.isArray(hits) ? hits.map(objectOr) : [];
  return { answer, hits: list.map(({ _id, _source }) => ({ id: String(_id), source: insideOf(_source) })) };
}

function nested(path: string, field: string, value: string): object {
  return { nested: { path, query: { bool: { must: [{ match: { [`${path}.${field}`]: value } }] } } } };
}

/** The plugin gives a rule or detector as it is or, where it does not understand it, inside a member of its kind. */
function insideOf(value: unknown): Json {
  const source = objectOr(value);
  for (const kind of ['rule', 'detector']) {
    const inner = source[kind];
    if (typeof inner === 'object' && inner !== null) return objectOr(inner);
  }
  return source;
}

interface Wanted {
  readonly subject: SetupSubject;
  readonly name: string;
  readonly found: Found;
  readonly is: (kept: Json) => boolean;
  /** It was installed from the same content. */
  readonly same: boolean;
  readonly path: string;
  readonly suffix?: string;
  readonly body: (kept: Json | undefined) => Json | string;
}

async function put(engine: Engine, wanted: Wanted): Promise<Applied> {
  const { subject, name, found, is, same, path, suffix = '', body } = wanted;
  const step = { subject, name } as const;
  // Its index is made with the first of the kind.
  if (found.answer.status !== 200 && found.answer.status !== 404) {
    return { step: { ...step, status: 'failed', detail: objection(found.answer) } };
  }
  const kept = found.hits.find(({ source }) => is(source));
  if (kept !== undefined && same) return { step: { ...step, status: 'unchanged' }, id: kept.id };
  const content = body(kept?.source);
  const headers = typeof content === 'string' ? TYPES.string : TYPES.object;
  const answer =
    kept === undefined
      ? await engine.write('POST', `${path}${suffix}`, content, headers)
      : await engine.write('PUT', `${path}/${kept.id}${forced(suffix)}`, content, headers);
  if (answer.status >= 300) return { step: { ...step, status: 'failed', detail: objection(answer) } };
  const { _id } = answer.body;
  const id = kept?.id ?? (typeof _id === 'string' ? _id : undefined);
  return { step: { ...step, status: kept === undefined ? 'created' : 'changed' }, id };
}

/** Of a text and of an object. */
const TYPES = {
  string: { 'content-type': 'application/yaml' },
  object: { 'content-type': 'application/json' },
} as const;

/** A rule that a detector uses is changed only so. */
function forced(suffix: string): string {
  return suffix === '' ? '' : `${suffix}&forced=true`;
}

async function putRule(
  engine: Engine,
  { id, title, text }: DetectionRule,
  category: string,
  found: Found,
  same: boolean,
): Promise<Applied> {
  return await put(engine, {
    subject: 'detection rule',
    name: title,
    found,
    is: ({ rule }) => typeof rule === 'string' && rule.includes(id),
    same,
    path: `${ROOT}/rules`,
    suffix: `?category=${category}`,
    body: () => text,
  });
}

/**
 * For the index alone: mapped through an alias, the plugin would make an index template of its own over ours, and refuses to. The
 * schema gives every index the same fields.
 */
async function applyMapping(
  engine: Engine,
  { logType, fieldMappings }: SecurityAnalyticsContent,
  index: string,
): Promise<SetupStep> {
  const step = { subject: 'field mapping', name: index } as const;
  const had = await engine.get(`${ROOT}/mappings?index_name=${index}`);
  const mapped = objectOr(objectOr(objectOr(had.body[index]).mappings).properties);
  const lacking = Object.entries(fieldMappings).filter(
    ([name, path]) => objectOr(mapped[name]).path !== path,
  );
  if (had.status === 200 && lacking.length === 0) return { ...step, status: 'unchanged' };
  const properties = Object.fromEntries(
    Object.entries(fieldMappings).map(([name, path]) => [name, { type: 'alias', path }]),
  );
  const answer = await engine.write('POST', `${ROOT}/mappings`, {
    index_name: index,
    rule_topic: logType.name,
    partial: true,
    alias_mappings: { properties },
  });
  if (answer.status >= 300) return { ...step, status: 'failed', detail: objection(answer) };
  return { ...step, status: had.status === 200 ? 'changed' : 'created' };
}
