/** Posts one body over a kept connection and reads the reply, all of it within a time and a size. */
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { OpenSearchCallError } from './opensearch-errors.ts';
import type { Headers } from './request-headers.ts';

export interface HttpReply {
  readonly status: number;
  /** `undefined` when it was longer than allowed. */
  readonly body: Buffer | undefined;
}

export interface HttpCall {
  readonly target: string;
  readonly headers: Headers;
  /** Sent as it is, without a copy; not touched any more once the call is settled. */
  readonly body: Uint8Array;
  readonly timeoutMs: number;
}

export interface HttpCaller {
  /** @throws OpenSearchCallError when no whole reply came */
  post(call: HttpCall): Promise<HttpReply>;
  close(): void;
}

export function httpCaller(url: URL, maxConnections: number, maxReplyBytes: number): HttpCaller {
  const secure = url.protocol === 'https:';
  const settings = { keepAlive: true, maxSockets: maxConnections, scheduling: 'lifo' } as const;
  const agent = secure ? new HttpsAgent(settings) : new HttpAgent(settings);
  const send = secure ? httpsRequest : httpRequest;
  return {
    async post({ target, headers, body, timeoutMs }) {
      let late = false;
      let request: ClientRequest | undefined;
      const timer = setTimeout(() => {
        late = true;
        request?.destroy();
      }, timeoutMs);
      const attempt = (through: RequestOptions['agent']): Promise<HttpReply> => {
        request = send(new URL(target, url), { method: 'POST', headers, agent: through });
        return exchange(request, body, maxReplyBytes);
      };
      try {
        return await attempt(agent).catch((error: unknown) => {
          // A kept connection that the other side had closed by now, as after a pause of the function.
          if (error instanceof StaleConnectionError && !late) return attempt(false);
          throw error;
        });
      } catch (error) {
        const reason = late ? `no whole reply in ${timeoutMs} ms` : reasonOf(error);
        throw new OpenSearchCallError(`${url.origin}: ${reason}`, { cause: error });
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => agent.destroy(),
  };
}

class StaleConnectionError extends Error {}

const CLOSED: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE']);

function exchange(request: ClientRequest, body: Uint8Array, maxReplyBytes: number): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    let response: IncomingMessage | undefined;
    const chunks: Buffer[] = [];
    let size = 0;
    const done = (whole: boolean): void => {
      // A reply can come before all of the body was taken, and who settles must not go on sending it.
      if (!whole || !request.writableFinished) request.destroy();
      const oversize = size > maxReplyBytes;
      resolve({
        status: response?.statusCode ?? 0,
        body: oversize ? undefined : Buffer.concat(chunks, size),
      });
    };
    const failed = (error: NodeJS.ErrnoException): void => {
      // Who refuses a body may hang up on the rest of it: the status is all there is, and it is enough.
      if (response !== undefined && response.statusCode !== 200) done(false);
      else if (response === undefined && request.reusedSocket && CLOSED.has(error.code)) {
        reject(new StaleConnectionError(error.message, { cause: error }));
      } else reject(error);
    };
    request.on('error', failed);
    request.on('response', (answer) => {
      response = answer;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxReplyBytes) done(false);
        else chunks.push(chunk);
      });
      answer.on('end', () => done(true));
      answer.on('error', failed);
    });
    request.end(body);
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // With several addresses tried, the message is empty and the code says it.
  const { code } = error as NodeJS.ErrnoException;
  return [code, error.message].filter((part) => part !== undefined && part !== '').join(': ');
}
