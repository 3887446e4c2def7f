/** The index templates of schema version 2, the last one in a single piece: what an upgrade finds. */
import type { Channel } from '@trailgate/sdk/wire';

const COMMON = {
  date: '@timestamp',
  alias: 'timestamp=@timestamp log.level=level trace.id=trace_id span.id=span_id',
  keyword:
    'level service.name correlation_id trace_id span_id tenant principal user.id user.roles route faas.name faas.execution raised_from record.source record.id error.type event.kind event.outcome trailgate.channel trailgate.kind trailgate.instance cloud.account.id aws.cloudwatch.log_group aws.cloudwatch.log_stream aws.cloudwatch.event_id',
  text: 'message error.message error.stack_trace',
  ip: 'source.ip',
  boolean: 'faas.coldstart',
  stored: 'error.cause error.errors',
  flat_object: 'fields',
  long: 'trailgate.v trailgate.seq',
  double: 'trailgate.weight',
};

const BUSINESS = {
  keyword: 'event.dataset http.request.method url.path kept',
  long: 'event.duration http.response.status_code rollup.invocations',
  date: 'rollup.since',
  stored:
    'rollup.requests rollup.latency rollup.counters rollup.principals rollup.distributions rollup.held rollup.chain',
};

const TRAIL = {
  keyword:
    'event.category event.type event.action event.reason target threat.tactic.id threat.technique.id chain.prev chain.hash chain.key rule.id rule.name',
  long: 'count chain.n',
  text: 'rule.description',
  date: 'first_crossing',
  flat_object: 'evidence cap',
};

/** For `PUT _index_template/trailgate-<channel>`. */
export function versionTwo(channel: Channel): object {
  const properties: Record<string, unknown> = {};
  for (const group of [COMMON, channel === 'business' ? BUSINESS : TRAIL]) {
    for (const [type, names] of Object.entries(group)) {
      for (const name of names.split(' ')) {
        const [field = '', path] = name.split('=');
        place(properties, field.split('.'), mappingOf(type, path));
      }
    }
  }
  return {
    index_patterns: [`${channel}-*`],
    priority: 100,
    version: 2,
    template: {
      settings: { index: { number_of_shards: 1, refresh_interval: '1s' } },
      mappings: { dynamic: 'strict', date_detection: false, properties },
    },
  };
}

function mappingOf(type: string, path: string | undefined): object {
  if (type === 'keyword') return { type, ignore_above: 1_024 };
  if (type === 'ip') return { type, ignore_malformed: true };
  if (type === 'stored') return { type: 'object', enabled: false };
  return path === undefined ? { type } : { type, path };
}

function place(properties: Record<string, unknown>, path: readonly string[], mapping: object): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    properties[name] = mapping;
    return;
  }
  const parent = (properties[name] ?? { properties: {} }) as { properties: Record<string, unknown> };
  properties[name] = parent;
  place(parent.properties, rest, mapping);
}
