/** Runs inside a function instance: loads the handler as Lambda's Node.js runtime does and answers invocations one by one. */
import { writeSync } from 'node:fs';
import { inspect } from 'node:util';
import { ACCOUNT } from '../stack/names.ts';
import type { FromInstance, InvocationError, ToInstance } from './protocol.ts';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

let currentRequest: string | undefined;

function send(message: FromInstance): void {
  process.send?.(message);
}

function describe(thrown: unknown): InvocationError {
  if (thrown instanceof Error) {
    return {
      errorType: thrown.name,
      errorMessage: thrown.message,
      trace: thrown.stack?.split('\n') ?? [],
    };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

// With the JSON log format the runtime turns each console call into one JSON line.
const LEVELS = {
  log: 'INFO',
  info: 'INFO',
  debug: 'DEBUG',
  warn: 'WARN',
  error: 'ERROR',
  trace: 'TRACE',
} as const;
for (const [method, level] of Object.entries(LEVELS)) {
  console[method as keyof typeof LEVELS] = (...args: unknown[]) => {
    const message = args.map((arg) => (typeof arg === 'string' ? arg : inspect(arg))).join(' ');
    const line = { timestamp: new Date().toISOString(), level, requestId: currentRequest, message };
    writeSync(1, `${JSON.stringify(line)}\n`);
  };
}

// Registered before any handler's own listener; the exit waits a turn so that those run first.
process.on('SIGTERM', () => setImmediate(() => process.exit(0)));
process.on('disconnect', () => process.exit(0));

function contextOf(message: ToInstance): unknown {
  const { env } = process;
  return {
    awsRequestId: message.requestId,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: `arn:aws:lambda:${env.AWS_REGION}:${ACCOUNT}:function:${env.AWS_LAMBDA_FUNCTION_NAME}`,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, message.deadline - Date.now()),
  };
}

async function load(): Promise<Handler> {
  const module: Record<string, unknown> = await import(process.env._HANDLER ?? '');
  const { handler } = module;
  if (typeof handler !== 'function') {
    throw new TypeError(`module ${process.env._HANDLER} exports no function named "handler"`);
  }
  return handler as Handler;
}

async function answer(handler: Handler, message: ToInstance): Promise<void> {
  const { requestId } = message;
  currentRequest = requestId;
  try {
    const result = await handler(message.event, contextOf(message));
    send({ type: 'result', requestId, result: result ?? null, memoryBytes: process.memoryUsage.rss() });
  } catch (thrown) {
    const error = describe(thrown);
    send({ type: 'error', requestId, error, memoryBytes: process.memoryUsage.rss() });
  }
}

try {
  const handler = await load();
  process.on('message', (message: ToInstance) => void answer(handler, message));
  send({ type: 'ready' });
} catch (thrown) {
  send({ type: 'init-error', error: describe(thrown) });
}
