/** Begins the span of an invocation with what is known about it. */

import { textField } from '../event/field.ts';
import { type Invocation, keptAs } from './invocation.ts';
import type { InvocationSpan, InvocationTracer } from './tracer.ts';

const MAX_ARN_CHARS = 512;

export function beginSpan(
  tracing: InvocationTracer,
  invocation: Invocation,
  given: {
    readonly event: unknown;
    readonly lambda: unknown;
    readonly remainingMs: (() => number) | undefined;
    readonly clock: () => number;
  },
): InvocationSpan {
  const { request, correlation, faas } = invocation;
  const { event, lambda, remainingMs, clock } = given;
  return tracing.begin({
    request,
    event,
    correlation,
    keep: keptAs(invocation) !== undefined,
    faas,
    invokedArn: textField(lambda, 'invokedFunctionArn', MAX_ARN_CHARS),
    startTime: clock(),
    remainingMs: remainingMs ?? (() => Number.POSITIVE_INFINITY),
  });
}
