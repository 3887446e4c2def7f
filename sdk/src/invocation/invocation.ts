/** What is known about one invocation, or about one record of its batch, while it runs. */
import { type Correlation, correlate } from '../correlation/correlation.ts';
import { textField } from '../event/field.ts';
import { type Identity, MAX_NAME_CHARS, principalOf } from '../event/identity.ts';
import { type Request, readRequest } from '../event/request.ts';
import { DetailBuffer } from '../logger/detail-buffer.ts';
import type { Ports } from '../ports.ts';
import { keep, weightOf } from '../sampling/keep.ts';
import type { CommonFields } from '../wire/record.ts';
import { Batch } from '../writer/batch.ts';
import type { RecordWriter } from '../writer/record-writer.ts';

export interface Invocation {
  readonly request: Request;
  /** Why it is logged in depth however it ends; undefined when only a failure or slowness would do that. */
  readonly keptAs: 'sampled' | 'upstream' | undefined;
  /** How many invocations its detail stands for. */
  readonly weight: number;
  readonly faas: CommonFields['faas'];
  /** The record of a batch that is worked on; undefined for the invocation as a whole. */
  readonly record: CommonFields['record'];
  /** On the monotonic clock, milliseconds. */
  readonly startedMs: number;
  readonly batch: Batch;
  readonly detail: DetailBuffer;
  /** Shared with the scopes of its records. */
  readonly life: { ended: boolean; nearTimeout: boolean };
  /** Handlers may give the request another correlation id. */
  correlation: Correlation;
  /** Handlers that verify a caller themselves say so late. */
  identity: Identity;
  /** Keys that the handler added to the log lines of this invocation. */
  keys: Readonly<Record<string, unknown>> | undefined;
  /** Ends the watch over its deadline. */
  stopWatch: (() => void) | undefined;
  /** Common fields of its log lines as JSON members; built when the first line needs them. */
  contextText: string | undefined;
}

export function beginInvocation(
  event: unknown,
  lambda: unknown,
  {
    ports,
    rate,
    writer,
    coldstart,
  }: {
    readonly ports: Ports;
    readonly rate: number;
    readonly writer: RecordWriter;
    readonly coldstart: boolean;
  },
): Invocation {
  const startedMs = ports.monotonic();
  const request = readRequest(event);
  const correlation = correlate(request.headers, ports.randomBytes);
  const name = textField(lambda, 'functionName', MAX_NAME_CHARS);
  const execution = textField(lambda, 'awsRequestId', MAX_NAME_CHARS);
  return {
    request,
    ...decided(correlation, rate),
    faas: name === undefined || execution === undefined ? undefined : { name, execution, coldstart },
    record: undefined,
    startedMs,
    batch: new Batch(writer),
    detail: new DetailBuffer(),
    life: { ended: false, nearTimeout: false },
    correlation,
    identity: request.identity,
    keys: undefined,
    stopWatch: undefined,
    contextText: undefined,
  };
}

function decided(correlation: Correlation, rate: number): Pick<Invocation, 'keptAs' | 'weight'> {
  const sampled = keep(correlation.correlationId, rate);
  return {
    // Services that sample alike agree; where both hold, sampling is what the weight is known for.
    keptAs: sampled ? 'sampled' : correlation.keptUpstream ? 'upstream' : undefined,
    weight: sampled ? weightOf(rate) : 1,
  };
}

export function principal({ identity, request }: Invocation): string | undefined {
  return principalOf(identity.user, request.ip);
}
