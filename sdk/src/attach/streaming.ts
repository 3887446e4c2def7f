/** Runs a handler that streams its answer inside an invocation, which ends when handler and stream have both ended. */
import { field } from '../event/field.ts';
import type { RunningInvocation } from '../invocation/running-invocation.ts';
import type { RefusalResponse } from '../limit-check/refusal.ts';
import { markAttached } from './attached.ts';
import { streamedStatus, writeAnswer } from './streamed-answer.ts';

/** What `awslambda.streamifyResponse` makes: the platform gives it a stream to answer on. */
export type StreamingHandler<E, S, C, R = unknown> = (event: E, responseStream: S, context: C) => R;

/** What is used of the platform's response stream. */
export interface ResponseStream {
  readonly writableFinished: boolean;
  once(event: string, listener: (...args: never[]) => void): unknown;
  removeListener(event: string, listener: (...args: never[]) => void): unknown;
  write(chunk: string | Uint8Array): unknown;
  end(chunk?: string): unknown;
  setContentType?(contentType: string): void;
}

/** The marks that Lambda's runtime looks for, and that a wrapped handler must bear too. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const CLOSED = 'the response stream was closed before it was finished';
const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

/** True for what `awslambda.streamifyResponse` gave. */
export function isStreaming(handler: unknown): handler is StreamingHandler<unknown, ResponseStream, unknown> {
  return typeof handler === 'function' && marksOf(handler)[STREAMING] === 'response';
}

/**
 * The handler's own promise, result and errors are passed on; a promise is passed on when the stream has ended too,
 * which is what the platform waits for in any case. `ready` gives what the first invocation has to wait for.
 */
export function wrapStreaming<E, S, C, R>(
  handler: StreamingHandler<E, S, C, R>,
  begin: (event: unknown, context: unknown) => RunningInvocation,
  ready: () => Promise<void> | undefined = () => undefined,
): StreamingHandler<E, S, C, R | Promise<Awaited<R>>> {
  const run = (event: E, responseStream: S, context: C): R | Promise<Awaited<R>> => {
    const invocation = begin(event, context);
    const serve = (refusal: RefusalResponse | undefined): R | Promise<Awaited<R>> => {
      if (refusal === undefined) {
        return served(invocation, responseStream, () => handler(event, responseStream, context));
      }
      writeAnswer(responseStream, refusal);
      return Promise.resolve(invocation.settled) as Promise<Awaited<R>>;
    };
    const admitted = invocation.admit();
    return admitted instanceof Promise ? (admitted.then(serve) as Promise<Awaited<R>>) : serve(admitted);
  };
  const wrapped = (event: E, responseStream: S, context: C): R | Promise<Awaited<R>> => {
    const waiting = ready();
    if (waiting === undefined) return run(event, responseStream, context);
    return waiting.then(() => run(event, responseStream, context)) as Promise<Awaited<R>>;
  };
  for (const mark of [STREAMING, HIGH_WATER_MARK]) {
    const value = marksOf(handler)[mark];
    if (value !== undefined) marksOf(wrapped)[mark] = value;
  }
  return markAttached(wrapped);
}

function served<R>(
  invocation: RunningInvocation,
  responseStream: unknown,
  work: () => R,
): R | Promise<Awaited<R>> {
  // Listened to from before the handler runs: a stream may end before the handler does.
  const streamed = endOf(responseStream);
  let result: R;
  try {
    result = invocation.run(work);
  } catch (error) {
    streamed.forget();
    invocation.fail(error);
    throw error;
  }
  // The platform refuses a streaming handler that gives no promise, so what it gave must stay what it is.
  if (!(result instanceof Promise)) {
    streamed.forget();
    invocation.end({ statusCode: streamedStatus(responseStream) });
    return result;
  }
  return settled(invocation, responseStream, result as Promise<Awaited<R>>, streamed);
}

async function settled<R>(
  invocation: RunningInvocation,
  responseStream: unknown,
  running: Promise<R>,
  streamed: StreamEnd,
): Promise<R> {
  let result: R;
  try {
    result = await running;
  } catch (error) {
    streamed.forget();
    invocation.fail(error);
    if (invocation.settled !== undefined) await invocation.settled;
    throw error;
  }
  const failure = await streamed.ended;
  if (failure === undefined) invocation.end({ statusCode: streamedStatus(responseStream) });
  else invocation.fail(failure.error);
  if (invocation.settled !== undefined) await invocation.settled;
  return result;
}

interface StreamEnd {
  /** Undefined for a stream that was finished. */
  readonly ended: Promise<{ readonly error: unknown } | undefined>;
  /** Stops listening. */
  forget(): void;
}

function endOf(stream: unknown): StreamEnd {
  if (!isResponseStream(stream)) return { ended: Promise.resolve(undefined), forget() {} };
  const { promise, resolve } = Promise.withResolvers<{ readonly error: unknown } | undefined>();
  const listeners: readonly (readonly [string, (error?: unknown) => void])[] = [
    ['finish', () => resolve(undefined)],
    ['error', (error) => resolve({ error })],
    ['close', () => resolve(stream.writableFinished ? undefined : { error: new Error(CLOSED) })],
  ];
  for (const [event, listener] of listeners) stream.once(event, listener);
  return {
    ended: promise,
    forget() {
      for (const [event, listener] of listeners) stream.removeListener(event, listener);
    },
  };
}

function isResponseStream(stream: unknown): stream is ResponseStream {
  return (
    typeof field(stream, 'once') === 'function' &&
    typeof field(stream, 'removeListener') === 'function' &&
    field(stream, 'writableFinished') !== undefined
  );
}

function marksOf(handler: unknown): Record<symbol, unknown> {
  return handler as Record<symbol, unknown>;
}
