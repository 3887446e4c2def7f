/** Decides for a function instance, from memory wherever it can, whether a client's request is served. */
import { BucketBank } from './bucket.ts';
import { CapCache } from './cap-cache.ts';
import type { BaseLimit, CapMode } from './cap-item.ts';
import { bucketPartition } from './cap-item.ts';
import type { DynamoPort } from './dynamo-port.ts';
import { type BindingCap, bindingCaps } from './effective-cap.ts';
import { retryAfterSeconds } from './retry-after.ts';
import type { SamplingConf } from './sampling-item.ts';

/** One request to decide on. */
export interface LimitQuery {
  readonly tenant: string;
  /** Every name under which the request may be capped: its principal, its address, its token. */
  readonly clients: readonly string[];
  /** Route class; `*` where the API has none. */
  readonly cls: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The cap that a request met. */
export interface LimitHit {
  readonly client: string;
  /** Detector whose cap binds, or `operator`. */
  readonly rule: string;
  /** Requests a second. */
  readonly rate: number;
  readonly burst: number;
  /** At least 1, spread upwards so that refused clients do not return together. */
  readonly retryAfterSeconds: number;
  /** Version of the client's caps. */
  readonly ver: number;
}

/** `shadow` names what would have been refused if shadow caps were enforced. */
export type LimitDecision =
  | { readonly allowed: true; readonly shadow?: LimitHit }
  | { readonly allowed: false; readonly hit: LimitHit };

export interface Limiter {
  /** Never throws or rejects; answers at once unless a shared bucket has to be asked. */
  decide(query: LimitQuery): LimitDecision | Promise<LimitDecision>;
  /** What an operator said about sampling, as last read; the same object while it is unchanged. */
  readonly sampling?: SamplingConf | undefined;
  /**
   * Reads the table beside the request where what is known is old, for requests that `decide` is not asked about.
   * Never waits and never throws.
   * @param now epoch ms
   */
  freshen?(now: number): void;
}

export interface LimiterOptions {
  readonly dynamo: DynamoPort;
  readonly tables: { readonly limits: string; readonly buckets: string };
  /** @default rate 50, burst 100, floor 0.05 */
  readonly base?: BaseLimit;
  /** Epoch milliseconds, asked by `load`. @default Date.now */
  readonly clock?: () => number;
  /** Age of the caps from which they are read again beside a request. @default 1000 */
  readonly softMs?: number;
  /** Age from which they are read again before the decision. @default 2000 */
  readonly hardMs?: number;
  /** Longest that a decision waits for that. @default 25 */
  readonly refreshBudgetMs?: number;
  /** Longest wait for a shared bucket before the instance decides alone. @default 50 */
  readonly bucketTimeoutMs?: number;
  /** In [0, 1). @default Math.random */
  readonly random?: () => number;
  /** Told of items that cannot be read and of a table that does not answer. */
  readonly onProblem?: (problem: Error) => void;
}

/** What holds where no policy says otherwise. */
export const DEFAULT_BASE: BaseLimit = { rate: 50, burst: 100, floor: 0.05 };
const ALLOWED: LimitDecision = { allowed: true };
/** Caps may change while a request is decided; a third version in one decision is refused for a second. */
const ADOPTIONS = 3;

/** `load` reads all caps once, in the init phase; without it the first decision does, within its budget. */
export function createLimiter(options: LimiterOptions): Limiter & { load(): Promise<void> } {
  const { dynamo, tables, base = DEFAULT_BASE, clock = Date.now, random = Math.random } = options;
  const onProblem = options.onProblem ?? (() => undefined);
  const cache = new CapCache({
    dynamo,
    table: tables.limits,
    softMs: options.softMs ?? 1000,
    hardMs: options.hardMs ?? 2000,
    budgetMs: options.refreshBudgetMs ?? 25,
    random,
    onProblem,
  });
  const bank = new BucketBank({
    dynamo,
    table: tables.buckets,
    timeoutMs: options.bucketTimeoutMs ?? 50,
    random,
    onProblem,
  });

  function bindings(query: LimitQuery, client: string, mode: CapMode): readonly BindingCap[] {
    const caps = cache.capsOf(query.tenant, client);
    return caps === undefined ? [] : bindingCaps(caps, base, query.cls, query.now, mode);
  }

  function judge(query: LimitQuery): LimitDecision | Promise<LimitDecision> {
    if (cache.mode === 'off' || cache.size === 0) return ALLOWED;
    const capped = query.clients.filter((client) => cache.capsOf(query.tenant, client) !== undefined);
    return capped.length === 0 ? ALLOWED : judgeCapped(query, capped);
  }

  async function judgeCapped(query: LimitQuery, clients: readonly string[]): Promise<LimitDecision> {
    const enforcing = cache.mode === 'enforce';
    // What memory already refuses is found first, so that a refused request spends no other client's tokens.
    for (const client of enforcing ? clients : []) {
      for (const cap of bindings(query, client, 'enforce')) {
        const { rate, end } = cap;
        const until = rate > 0 ? bank.deniedUntil(keyOf(query, client, cap, ''), cap, query.now) : end;
        if (until !== undefined) return { allowed: false, hit: hitOf(client, cap, until, query.now) };
      }
    }
    for (const client of clients) {
      const hit = await spend(query, client, 'enforce', enforcing ? '' : TRIAL_SUFFIX);
      if (hit !== undefined) return enforcing ? { allowed: false, hit } : { allowed: true, shadow: hit };
    }
    for (const client of clients) {
      const shadow = await spend(query, client, 'shadow', SHADOW_SUFFIX);
      if (shadow !== undefined) return { allowed: true, shadow };
    }
    return ALLOWED;
  }

  async function spend(
    query: LimitQuery,
    client: string,
    mode: CapMode,
    suffix: string,
  ): Promise<LimitHit | undefined> {
    const { tenant, now } = query;
    for (let adoption = 0; ; adoption++) {
      let stale: BindingCap | undefined;
      for (const cap of bindings(query, client, mode)) {
        if (cap.rate <= 0) return hitOf(client, cap, cap.end, now);
        const taken = await bank.take(keyOf(query, client, cap, suffix), cap, now);
        if (taken.is === 'denied') return hitOf(client, cap, taken.until, now);
        if (taken.is === 'stale') {
          stale = cap;
          break;
        }
      }
      if (stale === undefined) return undefined;
      if (adoption === ADOPTIONS) return hitOf(client, stale, now + 1000, now);
      if (!(await cache.adopt(tenant, client))) {
        const until = bank.takeAlone(keyOf(query, client, stale, suffix), stale, now);
        return until === undefined ? undefined : hitOf(client, stale, until, now);
      }
    }
  }

  function hitOf(
    client: string,
    { rule, rate, burst, ver }: BindingCap,
    until: number,
    now: number,
  ): LimitHit {
    return { client, rule, rate, burst, ver, retryAfterSeconds: retryAfterSeconds(until - now, random) };
  }

  return {
    load: () => cache.load(clock),
    get sampling() {
      return cache.sampling;
    },
    freshen: (now) => void cache.freshen(now),
    decide(query) {
      const reading = cache.freshen(query.now);
      return reading === undefined ? judge(query) : reading.then(() => judge(query));
    },
  };
}

/** Shadow caps count in buckets of their own, so that they cost an enforced one nothing. */
const SHADOW_SUFFIX = '~shadow';
/** So do enforced caps while the mode of all limits is shadow. */
const TRIAL_SUFFIX = '~trial';

function keyOf(query: LimitQuery, client: string, cap: BindingCap, suffix: string): string {
  return bucketPartition(query.tenant, client, cap.cls + suffix);
}
