/** Brings the indices that are there already to what the templates give to new ones: fields and alias. */
import type { Channel } from '@trailgate/sdk/wire';
import { channelAlias, indexMapping, indexPattern } from '../schema/index-template.ts';
import type { Json } from '../schema/mapping.ts';
import { type Answer, type Engine, objection, objectOr } from './engine.ts';
import { type FieldConflict, mappingDifference } from './mapping-difference.ts';
import { SetupAnswerError } from './setup-errors.ts';
import type { SetupStep } from './setup-report.ts';

/** As the collector names them; what else begins so belongs to others. */
const OURS = /^(?:business|trail)-(?:\d{4}\.\d{2}(?:\.\d{2})?|late.*)$/;

/** Only adds, and never touches a document: what is there under another type stays, and is reported with what to do. */
export async function upgradeIndices(engine: Engine, channel: Channel): Promise<readonly SetupStep[]> {
  const found = await listed(engine, `/${indexPattern(channel)}/_mapping`);
  const aliased = await listed(engine, `/${indexPattern(channel)}/_alias/${channelAlias(channel)}`);
  const steps: SetupStep[] = [];
  for (const [name, index] of Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!OURS.test(name)) {
      const detail = 'not an index of the collector, though the index template takes its name';
      steps.push({ subject: 'index', name, status: 'skipped', detail });
      continue;
    }
    const mapping = objectOr(objectOr(index).mappings);
    steps.push(await upgrade(engine, channel, name, mapping, Object.hasOwn(aliased, name)));
  }
  return steps;
}

async function upgrade(
  engine: Engine,
  channel: Channel,
  name: string,
  mapping: Json,
  aliased: boolean,
): Promise<SetupStep> {
  const { change, conflicts } = mappingDifference(mapping, indexMapping(channel));
  const failures: string[] = [];
  const write = async (method: 'PUT' | 'POST', path: string, body: Json): Promise<void> => {
    const answer = await engine.write(method, path, body);
    if (answer.status >= 300) failures.push(objection(answer));
  };
  if (change !== undefined) await write('PUT', `/${name}/_mapping`, change);
  if (!aliased) {
    await write('POST', '/_aliases', { actions: [{ add: { index: name, alias: channelAlias(channel) } }] });
  }
  if (conflicts.length > 0) failures.push(advice(name, conflicts));
  if (failures.length > 0) return { subject: 'index', name, status: 'failed', detail: failures.join('; ') };
  const done = [
    ...(change === undefined ? [] : [described(change)]),
    ...(aliased ? [] : [`alias ${channelAlias(channel)}`]),
  ];
  return done.length === 0
    ? { subject: 'index', name, status: 'unchanged' }
    : { subject: 'index', name, status: 'changed', detail: done.join(', ') };
}

function described(change: Json): string {
  const fields = leaves(objectOr(change.properties), '');
  return fields.length === 0 ? 'settings of the mapping' : `fields ${fields.join(', ')}`;
}

function leaves(properties: Json, path: string): readonly string[] {
  return Object.entries(properties).flatMap(([name, value]) => {
    const inner = objectOr(value).properties;
    return inner === undefined ? [`${path}${name}`] : leaves(objectOr(inner), `${path}${name}.`);
  });
}

function advice(index: string, conflicts: readonly FieldConflict[]): string {
  const fields = conflicts.map(({ field, has, wants }) => `${field} is ${has}, not ${wants}`).join(', ');
  return `${fields}: an index cannot change this; copy it with _reindex to copy-of-${index}, delete it, and copy it back`;
}

/** What there is by index; nothing where none is. */
async function listed(engine: Engine, path: string): Promise<Json> {
  const answer: Answer = await engine.get(path);
  if (answer.status === 200) return answer.body;
  if (answer.status === 404) return {};
  throw new SetupAnswerError(`indices: expected a list of them, got ${objection(answer)}`);
}
