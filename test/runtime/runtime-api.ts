/** Lambda's Runtime API on the loopback: hands out invocations, and takes what becomes of them. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Outcome {
  /** `lost` where the instance ended without an answer. */
  readonly is: 'response' | 'error' | 'lost';
  readonly body: string;
  /** Set on answers that were streamed. */
  readonly contentType: string | undefined;
  /** A stream that failed says so behind its end. */
  readonly trailers: Readonly<Record<string, string | undefined>>;
}

interface Invocation {
  readonly requestId: string;
  readonly event: string;
  readonly deadline: number;
  readonly settle: (outcome: Outcome) => void;
}

const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:orders-fn';

export class RuntimeApi {
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #queue: Invocation[] = [];
  readonly #waiting: ServerResponse[] = [];
  readonly #running = new Map<string, Invocation>();
  readonly initErrors: string[] = [];
  readonly extensions: string[] = [];
  #invocations = 0;
  /** Of the instance that asked for work last. */
  processId: number | undefined;

  /** `host:port`, as `AWS_LAMBDA_RUNTIME_API` has it. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port for the runtime API');
    return `127.0.0.1:${address.port}`;
  }

  /** Settles when the function has answered, or is lost. */
  invoke(
    event: unknown,
    timeoutMs = 10_000,
  ): { readonly requestId: string; readonly outcome: Promise<Outcome> } {
    const requestId = `request-${++this.#invocations}`;
    const { promise: outcome, resolve: settle } = Promise.withResolvers<Outcome>();
    this.#queue.push({ requestId, event: JSON.stringify(event), deadline: Date.now() + timeoutMs, settle });
    this.#handOut();
    return { requestId, outcome };
  }

  /** Says of what was not answered that it never will be. */
  lose(): void {
    const body = this.initErrors.join('\n');
    for (const { settle } of [...this.#queue.splice(0), ...this.#running.values()]) {
      settle({ is: 'lost', body, contentType: undefined, trailers: {} });
    }
    this.#running.clear();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #handOut(): void {
    while (this.#queue.length > 0 && this.#waiting.length > 0) {
      const invocation = this.#queue.shift();
      const response = this.#waiting.shift();
      if (invocation === undefined || response === undefined) return;
      this.#running.set(invocation.requestId, invocation);
      response
        .writeHead(200, {
          'Content-Type': 'application/json',
          'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
          'Lambda-Runtime-Deadline-Ms': String(invocation.deadline),
          'Lambda-Runtime-Invoked-Function-Arn': ARN,
          'Lambda-Runtime-Trace-Id':
            'Root=1-695ba7c0-0a1b2c3d4e5f60718293a4b5;Parent=53995c3f42cd8ad8;Sampled=1',
        })
        .end(invocation.event);
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '';
    if (url.endsWith('/invocation/next')) {
      this.processId = Number(request.headers['x-process-id']);
      this.#waiting.push(response);
      response.on('close', () => this.#forget(response));
      this.#handOut();
      return;
    }
    const body = await bodyOf(request);
    const [, id, is] = /\/invocation\/([^/]+)\/(response|error)$/.exec(url) ?? [];
    if (id !== undefined) {
      const { trailers, headers } = request;
      const outcome = {
        is: is === 'error' ? 'error' : 'response',
        body,
        contentType: headers['content-type'],
        trailers,
      } as const;
      this.#running.get(id)?.settle(outcome);
      this.#running.delete(id);
    } else if (url.endsWith('/init/error')) {
      this.initErrors.push(body);
    } else if (url.endsWith('/extension/register')) {
      this.extensions.push(body);
      response.setHeader('Lambda-Extension-Identifier', `extension-${this.extensions.length}`);
    } else if (url.endsWith('/extension/event/next')) {
      // Never answered: the function is never shut down.
      return;
    }
    response
      .writeHead(url.endsWith('/register') ? 200 : 202, { 'Content-Type': 'application/json' })
      .end('{}');
  }

  #forget(response: ServerResponse): void {
    const position = this.#waiting.indexOf(response);
    if (position >= 0) this.#waiting.splice(position, 1);
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
