/** Says which fields of a document words are looked for in, and which fields can be held to one value. */
import { FIELDS, type FieldName, type FieldType } from '@trailgate/collectors/schema';
import { canonicalAddress } from './address-text.ts';
import { IndexQueryError } from './index-query-error.ts';

const ALL = new Map(
  [...FIELDS.business, ...FIELDS.trail].map((field) => [field.name as FieldName, field.type] as const),
);

function ofType(...types: readonly FieldType[]): readonly FieldName[] {
  return [...ALL].filter(([, type]) => types.some((one) => one === type)).map(([name]) => name);
}

/**
 * What people and services are called, and what happened: the words of a searched term stand side by side in one of them. A
 * pattern for each is what it costs OpenSearch, some 2 ms of its time in every shard, so what is one word, or read by
 * machines only, is not among them.
 */
export const NAME_FIELDS = [
  'service.name',
  'tenant',
  'principal',
  'user.id',
  'user.name',
  'user_agent.original',
  'url.path',
  'route',
  'target',
  'error.type',
  'event.action',
  'event.reason',
  'rule.name',
] as const satisfies readonly FieldName[];
/** Of a few words that all documents have, to be held to and not looked for: who types `eve` does not mean every `event`. */
const KIND_FIELDS = ['event.kind', 'trailgate.channel'] as const satisfies readonly FieldName[];
/** All other keywords, ids and vocabularies: found as a whole, or by their beginning. */
export const ID_FIELDS: readonly FieldName[] = ofType('keyword').filter(
  (field) => ![...NAME_FIELDS, ...KIND_FIELDS].some((name) => name === field),
);
/** Objects whose values, at any depth, are names as well. */
export const OPEN_FIELDS: readonly FieldName[] = ofType('flat_object');
/** Prose, which OpenSearch takes apart into words. */
export const PROSE_FIELDS: readonly FieldName[] = ofType('text');
/**
 * Where letters of scripts that write words together are looked for, one by one, besides prose and objects: where people put
 * names of their own.
 */
export const LETTERED_FIELDS = [
  'tenant',
  'principal',
  'user.id',
  'user.name',
  'user.roles',
  'target',
  'route',
  'url.path',
  'service.name',
  'error.type',
  'event.reason',
] as const satisfies readonly FieldName[];
/** Found by a whole address, or by the beginning of one of IPv4. */
export const ADDRESS_FIELD = 'source.ip' satisfies FieldName;
/** Found by its three digits. */
export const STATUS_FIELD = 'http.response.status_code' satisfies FieldName;

/** What can be held to a value: what people and the console ask for. An entry for each in each document is what it costs. */
const FILTERED_FIELDS = [
  'level',
  'service.name',
  'tenant',
  'principal',
  'user.id',
  'source.ip',
  'route',
  'correlation_id',
  'trace_id',
  'span_id',
  'faas.name',
  'kept',
  'target',
  'event.kind',
  'event.action',
  'event.outcome',
  'event.reason',
  'rule.id',
  'rule.name',
  'http.response.status_code',
  'trailgate.kind',
  'trailgate.instance',
] as const satisfies readonly FieldName[];
export type FilteredField = (typeof FILTERED_FIELDS)[number];

export const FILTERED: readonly FilteredField[] = FILTERED_FIELDS;

/** Longest value that OpenSearch finds, in UTF-16 (`ignore_above` of the mapping). */
export const MAX_VALUE = 8_191;

/** A value as both engines compare it; undefined for one that the field never has. */
export function comparedValue(field: FilteredField, value: string): string | undefined {
  if (field === ADDRESS_FIELD) return canonicalAddress(value);
  if (field === STATUS_FIELD) return /^[0-9]{1,15}$/.test(value) ? String(Number(value)) : undefined;
  return value.length <= MAX_VALUE ? value : undefined;
}

/** Throws {@link IndexQueryError} for a field that cannot be held to a value. */
export function filteredField(field: FieldName): FilteredField {
  const found = FILTERED_FIELDS.find((one) => one === field);
  if (found !== undefined) return found;
  throw new IndexQueryError(`field: expected one of ${FILTERED_FIELDS.join(', ')}, got ${field}`);
}
