/** Invokes a handler as Lambda's runtime does, for tests. */
import { isStreaming, type StreamingHandler } from '../attach/streaming.ts';
import { type ContextOverrides, type TestContext, testContext } from './lambda-context.ts';
import { type StreamedAnswer, TestResponseStream } from './response-stream.ts';

/** A handler that streams gives what it has streamed. */
export interface Invoke {
  <E, R>(
    handler: (event: E, context: TestContext) => R | Promise<R>,
    event: NoInfer<E>,
    context?: ContextOverrides,
  ): Promise<R>;
  <E, S, R>(
    handler: StreamingHandler<E, S, TestContext, R>,
    event: NoInfer<E>,
    context?: ContextOverrides,
  ): Promise<StreamedAnswer>;
}

/** On the process's own time. Rejects with what the handler throws. */
export const invoke: Invoke = invokeWith(Date.now);

export function invokeWith(clock: () => number): Invoke {
  let invocations = 0;
  return (async (handler: unknown, event: unknown, overrides: ContextOverrides = {}): Promise<unknown> => {
    const context = testContext(overrides, clock, invocations++);
    if (!isStreaming(handler)) {
      return (handler as (event: unknown, context: TestContext) => unknown)(event, context);
    }
    const stream = new TestResponseStream();
    await handler(event, stream, context);
    await stream.ended;
    return stream.answer;
  }) as Invoke;
}
