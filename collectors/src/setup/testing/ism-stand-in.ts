/** Index State Management as its documentation and source have it: versions, conflicts, what it fills in, and managed indices. */
import type { Json } from '../../schema/mapping.ts';
import type { Question, Reply } from './question.ts';

interface KeptPolicy {
  seq: number;
  version: number;
  policy: Json;
}

interface ManagedIndex {
  policy: string;
  /** Of the policy's version it runs; none before its first run. */
  seq?: number;
  /** Told to change over, which its next run does; until then it is explained as it was. */
  changing?: boolean;
}

const ACTIONS =
  /^(?:rollover|delete|force_merge|read_only|read_write|replica_count|index_priority|close|open)$/;
const POLICY_ID = 'index.plugins.index_state_management.policy_id';

export class IsmStandIn {
  readonly policies: Map<string, KeptPolicy> = new Map();
  readonly managed: Map<string, ManagedIndex> = new Map();
  #seq = 0;

  answer({ method, path, query, body }: Question, indices: readonly string[]): Reply {
    const [, what = '', name = ''] = /^\/_plugins\/_ism\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (what === 'policies') return method === 'GET' ? this.#get(name) : this.#put(name, query, body);
    const matching = indices.filter((index) =>
      name
        .split(',')
        .some((part) => index === part || (part.endsWith('*') && index.startsWith(part.slice(0, -1)))),
    );
    if (what === 'explain') return this.#explain(matching);
    const policy = String(body.policy_id);
    if (!this.policies.has(policy)) return fault(404, 'status_exception', `Could not find policy=${policy}`);
    return what === 'add' ? this.#add(matching, policy) : this.#change(matching, policy);
  }

  /** A new index is managed by the policy whose template takes its name. */
  created(index: string): void {
    for (const [id, { policy }] of this.policies) {
      const templates = policy.ism_template as { index_patterns: readonly string[] }[];
      const patterns = templates.flatMap(({ index_patterns }) => index_patterns);
      if (patterns.some((pattern) => index.startsWith(pattern.replace('*', '')))) {
        this.managed.set(index, { policy: id });
      }
    }
  }

  /** What the job does every five minutes. */
  runJob(): void {
    for (const index of this.managed.values()) {
      const seq = this.policies.get(index.policy)?.seq;
      if (seq === undefined || (index.seq !== undefined && index.changing !== true)) continue;
      index.seq = seq;
      index.changing = false;
    }
  }

  #get(name: string): Reply {
    const kept = this.policies.get(name);
    if (kept === undefined) return fault(404, 'status_exception', 'Policy not found');
    const { seq, version, policy } = kept;
    return { status: 200, body: { _id: name, _version: version, _seq_no: seq, _primary_term: 1, policy } };
  }

  #put(name: string, query: URLSearchParams, body: Json): Reply {
    const policy = body.policy as Json;
    const kept = this.policies.get(name);
    const at = query.get('if_seq_no');
    if (
      kept !== undefined &&
      (at === null || query.get('if_primary_term') !== '1' || Number(at) !== kept.seq)
    ) {
      return fault(409, 'version_conflict_engine_exception', `[${name}]: version conflict`);
    }
    const states = policy.states as {
      name: string;
      actions: Json[];
      transitions: { state_name: string }[];
    }[];
    const unknown = states.flatMap(({ actions }) => actions.flatMap((action) => Object.keys(action)));
    const wrong = unknown.find((action) => !ACTIONS.test(action));
    if (wrong !== undefined)
      return fault(400, 'illegal_argument_exception', `Invalid field: [${wrong}] found in Action`);
    if (!states.some((state) => state.name === policy.default_state)) {
      return fault(400, 'illegal_argument_exception', 'Policy must have a valid default state');
    }
    this.#seq += 1;
    const version = (kept?.version ?? 0) + 1;
    this.policies.set(name, { seq: this.#seq, version, policy: filledIn(name, policy) });
    const answer = { _id: name, _version: version, _primary_term: 1, _seq_no: this.#seq };
    return { status: kept === undefined ? 201 : 200, body: { ...answer, policy: { policy } } };
  }

  #explain(indices: readonly string[]): Reply {
    const entries = indices.map((index) => {
      const managed = this.managed.get(index);
      if (managed === undefined) return [index, { [POLICY_ID]: null, enabled: null }];
      const run = managed.seq === undefined ? {} : { policy_seq_no: managed.seq, policy_primary_term: 1 };
      return [
        index,
        { [POLICY_ID]: managed.policy, index, policy_id: managed.policy, ...run, enabled: true },
      ];
    });
    return {
      status: 200,
      body: { ...Object.fromEntries(entries), total_managed_indices: this.managed.size },
    };
  }

  #add(indices: readonly string[], policy: string): Reply {
    const had = indices.filter((index) => this.managed.has(index));
    for (const index of indices) if (!this.managed.has(index)) this.managed.set(index, { policy });
    const reason = 'This index already has a policy, use the update policy API to update index policies';
    return moved(indices.length - had.length, had, reason);
  }

  #change(indices: readonly string[], policy: string): Reply {
    const had = indices.filter((index) => this.managed.has(index));
    for (const index of had) this.managed.set(index, { ...this.managed.get(index), policy, changing: true });
    const others = indices.filter((index) => !had.includes(index));
    return moved(had.length, others, 'This index is not being managed');
  }
}

function moved(count: number, failed: readonly string[], reason: string): Reply {
  const failed_indices = failed.map((index_name) => ({ index_name, index_uuid: 'u', reason }));
  return { status: 200, body: { updated_indices: count, failures: failed.length > 0, failed_indices } };
}

/** With what the plugin adds to a policy when it keeps it. */
function filledIn(name: string, policy: Json): Json {
  const states = policy.states as { actions: Json[] }[];
  const templates = policy.ism_template as Json[];
  return {
    policy_id: name,
    last_updated_time: 1_795_404_045_612,
    schema_version: 21,
    error_notification: null,
    ...policy,
    states: states.map((state) => ({
      ...state,
      actions: state.actions.map((action) => ({
        retry: { count: 3, backoff: 'exponential', delay: '1m' },
        ...action,
      })),
    })),
    ism_template: templates.map((template) => ({ ...template, last_updated_time: 1_795_404_045_612 })),
  };
}

function fault(status: number, type: string, reason: string): Reply {
  return { status, body: { error: { root_cause: [{ type, reason }], type, reason }, status } };
}
