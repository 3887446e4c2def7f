/** Decides for spans as the log decides for lines: within an invocation its decision, outside one by the trace id. */
import { type Context, createContextKey, SamplingDecision, type TraceState } from '@opentelemetry/api';
import type { Sampler, SamplingResult } from '@opentelemetry/sdk-trace';
import { keep } from '../sampling/keep.ts';
import type { TraceBuffer } from './trace-buffer.ts';

/** What a context knows of the invocation that it belongs to. */
export interface TracedInvocation<S> {
  readonly keep: boolean;
  readonly traceState: TraceState | undefined;
  readonly buffer: TraceBuffer<S>;
}

export const INVOCATION: symbol = createContextKey('trailgate invocation');

export function invocationOf<S>(context: Context): TracedInvocation<S> | undefined {
  return context.getValue(INVOCATION) as TracedInvocation<S> | undefined;
}

/** Within an invocation all is recorded, sampled or not: a failure is exported whole. */
export function keepSampler(rate: number): Sampler {
  return {
    shouldSample(context, traceId): SamplingResult {
      const invocation = invocationOf(context);
      if (invocation === undefined) {
        return {
          decision: keep(traceId, rate) ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD,
        };
      }
      return {
        decision: invocation.keep ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.RECORD,
        ...(invocation.traceState === undefined ? {} : { traceState: invocation.traceState }),
      };
    },
    toString: () => `TrailgateKeep{${rate}}`,
  };
}
