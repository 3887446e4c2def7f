/** Monitors of the alerting plugin and channels of the notifications plugin, with answers as their sources have them. */
import type { Json } from '../../schema/mapping.ts';
import type { Question, Reply } from './question.ts';

const MONITORS = '/_plugins/_alerting/monitors';
const CHANNELS = '/_plugins/_notifications/configs';

export class AlertingStandIn {
  /** By the id that the plugin gave. */
  readonly monitors: Map<string, Json> = new Map();
  readonly channels: Map<string, Json> = new Map();
  #made = 0;

  answers({ path }: Question): boolean {
    return path.startsWith(MONITORS) || path.startsWith(CHANNELS);
  }

  answer(question: Question): Reply {
    return question.path.startsWith(MONITORS) ? this.#monitor(question) : this.#channel(question);
  }

  #monitor({ method, path, body }: Question): Reply {
    if (path.endsWith('/_search')) return this.#search(body);
    const id = method === 'POST' ? `made-${++this.#made}` : path.slice(MONITORS.length + 1);
    if (method === 'PUT' && !this.monitors.has(id)) return fault(404, `Monitor with ${id} is not found`);
    const triggers = body.triggers as Json[];
    if (triggers.length > 10) return fault(400, 'Monitors can only support up to 10 triggers.');
    this.monitors.set(id, body);
    return { status: method === 'POST' ? 201 : 200, body: { _id: id, _version: 1, monitor: body } };
  }

  /** Before the first monitor, its index is not there. */
  #search({ query }: Json): Reply {
    if (this.monitors.size === 0)
      return fault(404, 'Configured indices are not found: [.opendistro-alerting-config]');
    const names = (query as { terms: Json }).terms['monitor.name.keyword'] as unknown[];
    const hits = [...this.monitors]
      .filter(([, { name }]) => names.includes(name))
      .map(([_id, monitor]) => ({ _id, _source: this.#asKept(monitor) }));
    return { status: 200, body: { hits: { total: { value: hits.length }, hits } } };
  }

  /** The search of a monitor comes back as the engine writes searches, in other words than it was given in. */
  #asKept(monitor: Json): Json {
    const query = { size: 0, query: { bool: { adjust_pure_negative: true, boost: 1 } } };
    return { ...monitor, inputs: [{ search: { indices: ['trail-*'], query } }], schema_version: 9 };
  }

  #channel({ method, path, body }: Question): Reply {
    const id = method === 'POST' ? String(body.config_id) : path.slice(CHANNELS.length + 1);
    const had = this.channels.get(id);
    if (method === 'GET') {
      if (had === undefined) return fault(404, `{Config IDs [${id}] not found}`);
      const list = [{ config_id: id, created_time_ms: 1, last_updated_time_ms: 1, config: had }];
      return { status: 200, body: { start_index: 0, total_hits: 1, config_list: list } };
    }
    if (method === 'POST' && had !== undefined)
      return fault(409, 'version conflict, document already exists');
    this.channels.set(id, { is_enabled: true, ...(body.config as Json) });
    return { status: 200, body: { config_id: id } };
  }
}

function fault(status: number, reason: string): Reply {
  const type = 'status_exception';
  return { status, body: { error: { root_cause: [{ type, reason }], type, reason }, status } };
}
