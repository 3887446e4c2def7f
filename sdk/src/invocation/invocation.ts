/** What is known about one invocation, or about one record of its batch, while it runs. */
import { type Correlation, correlate } from '../correlation/correlation.ts';
import { textField } from '../event/field.ts';
import { type Identity, MAX_NAME_CHARS, NO_TENANT, principalOf } from '../event/identity.ts';
import type { EventRecord } from '../event/records.ts';
import { type Request, readRequest } from '../event/request.ts';
import { DetailBuffer } from '../logger/detail-buffer.ts';
import { reaches } from '../logger/level.ts';
import type { Ports } from '../ports.ts';
import type { Decision, SamplingPolicy } from '../sampling/sampling-policy.ts';
import type { CommonFields, Level } from '../wire/record.ts';
import { Batch } from '../writer/batch.ts';
import type { RecordWriter } from '../writer/record-writer.ts';
import type { InvocationSpan } from './tracer.ts';

export interface Invocation {
  readonly request: Request;
  /** What sampling alone says of its detail. */
  readonly decision: Decision;
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
  /** Undefined where nobody traces. */
  span: InvocationSpan | undefined;
  /** Ends the watch over its deadline. */
  stopWatch: (() => void) | undefined;
  /** Common fields of its log lines as JSON members; built when the first line needs them. */
  contextText: string | undefined;
}

export interface InvocationPorts {
  readonly ports: Pick<Ports, 'monotonic' | 'randomBytes'>;
  readonly policy: SamplingPolicy;
  readonly trustClientKeep: boolean;
  readonly clientAddressHeader: string;
  readonly writer: RecordWriter;
  /** The platform's own trace header, for events that bring none. */
  readonly platformTrace: () => string | undefined;
}

export function beginInvocation(
  event: unknown,
  lambda: unknown,
  { ports, policy, trustClientKeep, clientAddressHeader, writer, platformTrace }: InvocationPorts,
  coldstart: boolean,
): Invocation {
  const startedMs = ports.monotonic();
  const request = readRequest(event, lambda, trustClientKeep, clientAddressHeader);
  const { headers, identity, route } = request;
  const traced = headers.traceparent !== undefined || headers['x-amzn-trace-id'] !== undefined;
  const correlation = correlate(headers, ports.randomBytes, traced ? undefined : platformTrace());
  const name = textField(lambda, 'functionName', MAX_NAME_CHARS);
  const execution = textField(lambda, 'awsRequestId', MAX_NAME_CHARS);
  return {
    request,
    decision: policy.decide(correlation.correlationId, route, identity.tenant ?? NO_TENANT),
    faas: name === undefined || execution === undefined ? undefined : { name, execution, coldstart },
    record: undefined,
    startedMs,
    batch: new Batch(writer),
    detail: new DetailBuffer(),
    life: { ended: false, nearTimeout: false },
    correlation,
    identity,
    keys: undefined,
    span: undefined,
    stopWatch: undefined,
    contextText: undefined,
  };
}

/** The scope of one record: ids and decision of its own, all else shared with its invocation. */
export function recordInvocation(
  invocation: Invocation,
  { source, id, headers }: EventRecord,
  { ports, policy }: Pick<InvocationPorts, 'ports' | 'policy'>,
): Invocation {
  const { request, identity } = invocation;
  const correlation = correlate(headers, ports.randomBytes);
  return {
    ...invocation,
    correlation,
    decision: policy.decide(correlation.correlationId, request.route, identity.tenant ?? NO_TENANT),
    record: { source, id },
    contextText: undefined,
  };
}

/**
 * Why it is logged in depth however it ends; undefined when only a failure or slowness would do that. Services
 * that sample alike agree; where both hold, sampling is what the weight is known for.
 */
export function keptAs({ decision, correlation }: Invocation): 'sampled' | 'upstream' | undefined {
  if (decision.kept) return 'sampled';
  return correlation.keptUpstream ? 'upstream' : undefined;
}

/** How many lines like it one of this level stands for; 0 where it waits for a failure. */
export function lineWeight(invocation: Invocation, level: Level): number {
  const weight = invocation.decision.weightAt(level);
  if (weight > 0) return weight;
  return invocation.correlation.keptUpstream && reaches(level, 'INFO') ? 1 : 0;
}

export function principal({ identity, request }: Invocation): string | undefined {
  return principalOf(identity.user, request.ip);
}
