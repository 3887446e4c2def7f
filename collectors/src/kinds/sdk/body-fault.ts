/** Decides whether a record's body is what its kind promises, as far as signals and the trail's verification depend on it. */
import type { RecordKind } from '@trailgate/sdk/wire';
import { type Check, count, each, maybe, number, numberPair, object, oneOf, string, text } from './checks.ts';

const COMMON: Check = object({ message: string, service: object({ name: text }) });

const TRAIL: Check = object({
  event: object({
    kind: oneOf('event'),
    action: text,
    outcome: oneOf('success', 'failure', 'unknown'),
  }),
  count,
  threat: maybe(object({ tactic: object({ id: text }), technique: object({ id: text }) })),
  chain: maybe(object({ n: count, prev: text, key: maybe(text), hash: text })),
});

const DISTRIBUTION: Check = object({
  name: string,
  unit: string,
  count,
  sum: number,
  min: number,
  max: number,
  buckets: each(numberPair),
  zero: count,
});

const ROLLUP: Check = object({
  rollup: object({
    invocations: count,
    requests: each(object({ route: string, status: count, tenant: string, count })),
    latency: each(object({ route: string, buckets: each(numberPair) })),
    counters: each(object({ name: string, unit: string, value: number })),
    principals: each(object({ tenant: string, principal: string, count, refused: count })),
    distributions: maybe(each(DISTRIBUTION)),
    held: maybe(object({ lines: count, bytes: count })),
    chain: maybe(object({ records: count, hash: text })),
  }),
});

const NOTHING_MORE: Check = () => undefined;

const BY_KIND: Readonly<Record<RecordKind, Check>> = {
  log: NOTHING_MORE,
  request: NOTHING_MORE,
  trail: TRAIL,
  rollup: ROLLUP,
};

/** The first fault as `field: expected …, got …`, or undefined. Values are never quoted: they may be secret. */
export function bodyFault(kind: RecordKind, body: unknown): string | undefined {
  return COMMON(body, 'body') ?? BY_KIND[kind](body, 'body');
}
