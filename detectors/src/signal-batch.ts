/** Reads what the collector put on the stream, leaving out what is not of the contract. */
import { SIGNAL_VERSION, type Signal } from '@trailgate/sdk/wire';
import * as v from 'valibot';
import { SignalUnreadableError } from './errors.ts';

export interface ReadBatch {
  readonly key: string;
  readonly signals: readonly Signal[];
  /** Signals of the batch that are not of the contract. */
  readonly unreadable: number;
}

const Text = v.string();
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const Base = {
  at: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8_000_000_000_000)),
  from: v.object({ stream: Text, position: v.pipe(v.string(), v.regex(/^\d{1,80}$/)) }),
};

/** More than a collector sends of one log stream in one record. */
const MAX_RANGES = 8_192;
const Range = v.pipe(
  v.tuple([Count, Count]),
  v.check(([first, last]) => first <= last),
);

const SignalSchema = v.variant('kind', [
  v.object({
    kind: v.literal('trail'),
    ...Base,
    service: Text,
    tenant: Text,
    principal: Text,
    action: Text,
    outcome: v.picklist(['success', 'failure', 'unknown']),
    count: v.pipe(Count, v.minValue(1)),
    records: v.exactOptional(v.pipe(Count, v.minValue(1))),
    user: v.exactOptional(Text),
    ip: v.exactOptional(Text),
    route: v.exactOptional(Text),
    reason: v.exactOptional(Text),
  }),
  v.object({
    kind: v.literal('usage'),
    ...Base,
    service: Text,
    tenant: Text,
    principal: Text,
    requests: Count,
    refused: Count,
  }),
  v.object({
    kind: v.literal('series'),
    ...Base,
    service: Text,
    since: v.exactOptional(Base.at),
    requests: v.array(v.object({ route: Text, status: v.number(), tenant: Text, count: Count })),
    latency: v.array(
      v.object({ route: Text, buckets: v.array(v.tuple([v.pipe(v.number(), v.integer()), Count])) }),
    ),
    counters: v.array(v.object({ name: Text, unit: Text, value: v.number() })),
  }),
  v.object({ kind: v.literal('counted'), ...Base, service: Text, invocations: Count }),
  v.object({
    kind: v.literal('platform'),
    ...Base,
    functionName: Text,
    reports: Count,
    coldStarts: Count,
    failures: Count,
    timeouts: v.exactOptional(Count),
    outOfMemory: v.exactOptional(Count),
    crashes: v.exactOptional(Count),
    durationMs: v.exactOptional(Amount),
    billedMs: v.exactOptional(Amount),
    initMs: v.exactOptional(Amount),
    memoryMb: v.exactOptional(Amount),
    maxMemoryMb: v.exactOptional(Amount),
  }),
  v.object({ kind: v.literal('seen'), ...Base, ranges: v.pipe(v.array(Range), v.maxLength(MAX_RANGES)) }),
  v.object({ kind: v.literal('tick'), ...Base }),
]);

const BatchSchema = v.object({
  v: v.literal(SIGNAL_VERSION),
  key: Text,
  signals: v.array(v.unknown()),
});

/** The batch in a Kinesis record's data (base64 of JSON). Throws SignalUnreadableError when it is none. */
export function readSignalBatch(data: string): ReadBatch {
  const batch = v.safeParse(BatchSchema, parseJson(Buffer.from(data, 'base64').toString('utf8')));
  if (!batch.success) {
    const [issue] = batch.issues;
    throw new SignalUnreadableError(
      `signal batch: ${v.getDotPath(issue) ?? 'data'}: expected ${issue.expected}, got ${issue.received}`,
    );
  }
  const signals: Signal[] = [];
  for (const raw of batch.output.signals) {
    const signal = v.safeParse(SignalSchema, raw);
    if (signal.success) signals.push(signal.output);
  }
  return {
    key: batch.output.key,
    signals,
    unreadable: batch.output.signals.length - signals.length,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SignalUnreadableError('signal batch: expected JSON, got text that does not parse', { cause });
  }
}
