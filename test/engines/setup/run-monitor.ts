/** Runs monitors as OpenSearch's alerting plugin does, on an engine that lacks it: the search with its time filled in, then the condition over the answer. */
import type { connectOpenSearch } from '../../../collectors/src/setup/index.ts';
import type { SearchMonitor } from '../../../dashboards/src/index.ts';

export type Client = ReturnType<typeof connectOpenSearch>;
export type Call = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;

export function callsOf(client: Client): Call {
  return async (method, path, body) => {
    const answer = await client.transport.request({ method, path, ...(body === undefined ? {} : { body }) });
    return answer.body as Record<string, unknown>;
  };
}

/** Keys of the groups that fire at that time, or `fires` of a monitor that has none. */
export async function runMonitor(
  call: Call,
  { inputs: [{ search }], triggers: [trigger] }: SearchMonitor,
  at: number,
): Promise<readonly string[]> {
  const text = JSON.stringify(search.query).replaceAll('{{period_end}}', String(at));
  const path = `/${search.indices.join(',')}/_search`;
  if ('query_level_trigger' in trigger) {
    const results = [await call('POST', path, JSON.parse(text))];
    const source = trigger.query_level_trigger.condition.script.source.replaceAll('ctx.', 'params.ctx.');
    const script = { lang: 'painless', source: `return ${source};`, params: { ctx: { results } } };
    const { result } = await call('POST', '/_scripts/painless/_execute', { script });
    return result === 'true' ? ['fires'] : [];
  }
  const { buckets_path, parent_bucket_path, script } = trigger.bucket_level_trigger.condition;
  const query = JSON.parse(text);
  const parent = query.aggregations[parent_bucket_path];
  // The plugin selects from outside the aggregation; the engine's own selector does the same from inside.
  parent.aggregations = { ...parent.aggregations, fires: { bucket_selector: { buckets_path, script } } };
  const { aggregations } = (await call('POST', path, query)) as {
    aggregations: Record<string, { buckets: { key: object }[] }>;
  };
  return (aggregations[parent_bucket_path]?.buckets ?? []).map(({ key }) => Object.values(key).join(','));
}
