/** Every field that an indexed document may have, with its OpenSearch type: what templates and dashboards are built from. */
import type { Channel } from '@trailgate/sdk/wire';
import { EDGE_BUSINESS, EDGE_COMMON, EDGE_TRAIL } from './edge-fields.ts';
import type { IndexField } from './index-field.ts';

const COMMON = [
  { name: '@timestamp', type: 'date' },
  { name: 'timestamp', type: 'alias', path: '@timestamp' },
  { name: 'level', type: 'keyword' },
  { name: 'log.level', type: 'alias', path: 'level' },
  { name: 'message', type: 'text' },
  { name: 'service.name', type: 'keyword' },
  { name: 'correlation_id', type: 'keyword' },
  { name: 'trace_id', type: 'keyword' },
  { name: 'trace.id', type: 'alias', path: 'trace_id' },
  { name: 'span_id', type: 'keyword' },
  { name: 'span.id', type: 'alias', path: 'span_id' },
  { name: 'tenant', type: 'keyword' },
  { name: 'principal', type: 'keyword' },
  { name: 'user.id', type: 'keyword' },
  { name: 'user.roles', type: 'keyword' },
  { name: 'source.ip', type: 'ip' },
  { name: 'route', type: 'keyword' },
  { name: 'faas.name', type: 'keyword' },
  { name: 'faas.execution', type: 'keyword' },
  { name: 'faas.coldstart', type: 'boolean' },
  { name: 'raised_from', type: 'keyword' },
  { name: 'record.source', type: 'keyword' },
  { name: 'record.id', type: 'keyword' },
  { name: 'error.type', type: 'keyword' },
  { name: 'error.message', type: 'text' },
  { name: 'error.stack_trace', type: 'text' },
  { name: 'error.cause', type: 'stored' },
  { name: 'error.errors', type: 'stored' },
  { name: 'fields', type: 'flat_object' },
  // User fields that the engine could not index as a flat object (flat-object.ts).
  { name: 'fields_stored', type: 'stored' },
  { name: 'event.kind', type: 'keyword' },
  { name: 'event.outcome', type: 'keyword' },
  { name: 'trailgate.v', type: 'long' },
  { name: 'trailgate.channel', type: 'keyword' },
  { name: 'trailgate.kind', type: 'keyword' },
  { name: 'trailgate.instance', type: 'keyword' },
  { name: 'trailgate.seq', type: 'long' },
  { name: 'trailgate.weight', type: 'double' },
  { name: 'cloud.account.id', type: 'keyword' },
  { name: 'aws.cloudwatch.log_group', type: 'keyword' },
  { name: 'aws.cloudwatch.log_stream', type: 'keyword' },
  { name: 'aws.cloudwatch.event_id', type: 'keyword' },
] as const satisfies readonly IndexField[];

const BUSINESS = [
  { name: 'event.dataset', type: 'keyword' },
  { name: 'event.duration', type: 'long' },
  { name: 'http.request.method', type: 'keyword' },
  { name: 'http.response.status_code', type: 'long' },
  { name: 'url.path', type: 'keyword' },
  { name: 'kept', type: 'keyword' },
  { name: 'rollup.since', type: 'date' },
  { name: 'rollup.invocations', type: 'long' },
  { name: 'rollup.requests', type: 'stored' },
  { name: 'rollup.latency', type: 'stored' },
  { name: 'rollup.counters', type: 'stored' },
  { name: 'rollup.principals', type: 'stored' },
  { name: 'rollup.distributions', type: 'stored' },
  { name: 'rollup.held', type: 'stored' },
  { name: 'rollup.chain', type: 'stored' },
] as const satisfies readonly IndexField[];

const TRAIL = [
  { name: 'event.category', type: 'keyword' },
  { name: 'event.type', type: 'keyword' },
  { name: 'event.action', type: 'keyword' },
  { name: 'event.reason', type: 'keyword' },
  { name: 'count', type: 'long' },
  { name: 'target', type: 'keyword' },
  { name: 'threat.tactic.id', type: 'keyword' },
  { name: 'threat.technique.id', type: 'keyword' },
  { name: 'chain.n', type: 'long' },
  { name: 'chain.prev', type: 'keyword' },
  { name: 'chain.hash', type: 'keyword' },
  { name: 'chain.key', type: 'keyword' },
  // Findings of the detectors, which stand beside the events that they are about.
  { name: 'rule.id', type: 'keyword' },
  { name: 'rule.name', type: 'keyword' },
  { name: 'rule.description', type: 'text' },
  { name: 'first_crossing', type: 'date' },
  { name: 'evidence', type: 'flat_object' },
  { name: 'cap', type: 'flat_object' },
] as const satisfies readonly IndexField[];

type CommonName = (typeof COMMON | typeof EDGE_COMMON)[number]['name'];
export type BusinessField = CommonName | (typeof BUSINESS | typeof EDGE_BUSINESS)[number]['name'];
export type TrailField = CommonName | (typeof TRAIL | typeof EDGE_TRAIL)[number]['name'];
/** Any field name, for code that names fields and wants the compiler to know them. */
export type FieldName = BusinessField | TrailField;

export const FIELDS: Readonly<Record<Channel, readonly IndexField[]>> = {
  business: [...COMMON, ...EDGE_COMMON, ...BUSINESS, ...EDGE_BUSINESS],
  trail: [...COMMON, ...EDGE_COMMON, ...TRAIL, ...EDGE_TRAIL],
};

export type FieldGroup = 'common' | Channel;

/** The same fields with each name in one group only: `common` are those that both channels have. */
export const FIELD_GROUPS: Readonly<Record<FieldGroup, readonly IndexField[]>> = {
  common: FIELDS.business.filter(({ name }) => has(FIELDS.trail, name)),
  business: FIELDS.business.filter(({ name }) => !has(FIELDS.trail, name)),
  trail: FIELDS.trail.filter(({ name }) => !has(FIELDS.business, name)),
};

function has(fields: readonly IndexField[], name: string): boolean {
  return fields.some((field) => field.name === name);
}
