/** Speaks the JSON protocol of AWS services over node:http with nothing else installed: 0.5 ms and a few KB instead of an SDK. */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isObject } from './attribute-value.ts';
import { type AwsCredentials, amzDate, authorization, signingKey } from './sigv4.ts';

export type AwsDocument = Readonly<Record<string, unknown>>;

/** A service as the protocol addresses it. */
export interface AwsJsonService {
  /** Endpoint prefix and signing name: `dynamodb`. */
  readonly name: string;
  /** What stands before the operation in `x-amz-target`: `DynamoDB_20120810`. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /** `code` is the exception's name in the service, `TimeoutError` or `NetworkError`; `answer` what came with it. */
  error(code: string, message: string, answer?: AwsDocument): Error;
}

export interface AwsClientOptions {
  readonly region: string;
  /** `http://127.0.0.1:8000` for a local engine. @default the service's endpoint in the region */
  readonly endpoint?: string;
  readonly credentials: AwsCredentials;
  /** Epoch milliseconds, for the signature. @default Date.now */
  readonly clock?: () => number;
}

export interface AwsJsonClient {
  /** @throws what the service's `error` makes */
  send(
    operation: string,
    input: AwsDocument,
    options?: { readonly timeoutMs?: number },
  ): Promise<AwsDocument>;
  /** Closes the connections that are kept for the next request. */
  close(): void;
}

const DEFAULT_TIMEOUT_MS = 5000;

export function createAwsJsonClient(service: AwsJsonService, options: AwsClientOptions): AwsJsonClient {
  const { region, credentials, clock = Date.now } = options;
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const url = new URL(options.endpoint ?? `https://${service.name}.${region}.${domain}`);
  const secure = url.protocol === 'https:';
  const open = secure ? httpsRequest : httpRequest;
  const agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: true });
  const scope = { region, service: service.name };
  let key: { readonly day: string; readonly value: Buffer } = { day: '', value: Buffer.alloc(0) };

  function headersFor(operation: string, body: string): Record<string, string> {
    const date = amzDate(clock());
    const day = date.slice(0, 8);
    if (key.day !== day) key = { day, value: signingKey(credentials.secretAccessKey, day, scope) };
    const headers: Record<string, string> = {
      'content-type': `application/x-amz-json-${service.version}`,
      host: url.host,
      'x-amz-date': date,
      'x-amz-target': `${service.target}.${operation}`,
    };
    if (credentials.sessionToken !== undefined) headers['x-amz-security-token'] = credentials.sessionToken;
    const request = { method: 'POST', path: '/', query: '', headers, body };
    headers.authorization = authorization(request, credentials, scope, key.value);
    return headers;
  }

  function attempt(operation: string, body: string, timeoutMs: number): Promise<Attempt> {
    const headers = { ...headersFor(operation, body), 'content-length': Buffer.byteLength(body) };
    const { hostname, port } = url;
    return new Promise((resolve, reject) => {
      const request = open({ method: 'POST', hostname, port, headers, agent }, (response) => {
        readBody(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), fail);
      });
      let late: Error | undefined;
      const timer = setTimeout(() => {
        late = service.error('TimeoutError', `${operation}: no answer within ${timeoutMs} ms`);
        request.destroy(late);
      }, timeoutMs);
      function fail(error: Error): void {
        clearTimeout(timer);
        if (late !== undefined) reject(late);
        // A connection that was kept may have died in a frozen instance; the next one is new.
        else if (request.reusedSocket) resolve('lost');
        else reject(service.error('NetworkError', `${operation}: ${error.message}`));
      }
      request.on('error', fail);
      request.on('close', () => clearTimeout(timer));
      request.end(body);
    });
  }

  return {
    async send(operation, input, { timeoutMs = DEFAULT_TIMEOUT_MS } = {}) {
      const body = JSON.stringify(input);
      for (let tries = 0; tries < 3; tries++) {
        const answer = await attempt(operation, body, timeoutMs);
        if (answer !== 'lost') return read(service, operation, answer);
      }
      throw service.error('NetworkError', `${operation}: kept connections were closed by the other side`);
    },
    close: () => agent.destroy(),
  };
}

type Attempt = { readonly status: number; readonly text: string } | 'lost';

function read(
  service: AwsJsonService,
  operation: string,
  answer: { readonly status: number; readonly text: string },
): AwsDocument {
  const parsed = parse(answer.text);
  if (answer.status === 200 && parsed !== undefined) return parsed;
  const type = parsed?.__type;
  const code = typeof type === 'string' ? type.slice(type.lastIndexOf('#') + 1) : `Http${answer.status}`;
  const said = parsed?.message ?? parsed?.Message;
  throw service.error(
    code,
    `${operation}: ${typeof said === 'string' ? said : `status ${answer.status}`}`,
    parsed,
  );
}

function parse(text: string): AwsDocument | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // A proxy's page instead of the service's answer: told by its status.
    return undefined;
  }
}

async function readBody(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response) text += chunk;
  return text;
}
