/** What is known about one invocation while it runs. */
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
  readonly correlation: Correlation;
  /** Why it is logged in depth however it ends; undefined when only a failure or slowness would do that. */
  readonly keptAs: 'sampled' | 'upstream' | undefined;
  /** How many invocations its detail stands for. */
  readonly weight: number;
  readonly faas: CommonFields['faas'];
  /** On the monotonic clock, milliseconds. */
  readonly startedMs: number;
  readonly batch: Batch;
  readonly detail: DetailBuffer;
  /** Handlers that verify a caller themselves say so late. */
  identity: Identity;
  /** Common fields of its log lines as JSON members; built when the first line needs them. */
  contextText: string | undefined;
  ended: boolean;
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
  const sampled = keep(correlation.correlationId, rate);
  const name = textField(lambda, 'functionName', MAX_NAME_CHARS);
  const execution = textField(lambda, 'awsRequestId', MAX_NAME_CHARS);
  return {
    request,
    correlation,
    // Services that sample alike agree; where both hold, sampling is what the weight is known for.
    keptAs: sampled ? 'sampled' : correlation.keptUpstream ? 'upstream' : undefined,
    weight: sampled ? weightOf(rate) : 1,
    faas: name === undefined || execution === undefined ? undefined : { name, execution, coldstart },
    startedMs,
    batch: new Batch(writer),
    detail: new DetailBuffer(),
    identity: request.identity,
    contextText: undefined,
    ended: false,
  };
}

export function principal({ identity, request }: Invocation): string | undefined {
  return principalOf(identity.user, request.ip);
}
