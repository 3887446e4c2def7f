/** Answers one AWS service's JSON protocol over HTTP with functions of a test, so that the real SDK client runs. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AwsCall {
  /** `TrentService.Sign` */
  readonly target: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Answered as the service answers an error of its model. */
export class AwsFault extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'AwsFault';
    this.code = code;
  }
}

export interface AwsJsonServer {
  readonly url: string;
  readonly calls: readonly AwsCall[];
  stop(): Promise<void>;
}

export async function startAwsJson(
  answer: (call: AwsCall) => Readonly<Record<string, unknown>>,
): Promise<AwsJsonServer> {
  const calls: AwsCall[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const call = { target: String(request.headers['x-amz-target']), input: JSON.parse(text) };
    calls.push(call);
    const type = request.headers['content-type'] ?? '';
    const reply = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'request' });
      response.end(JSON.stringify(body));
    };
    try {
      reply(200, answer(call));
    } catch (error) {
      const { code, message } = error as AwsFault;
      reply(400, { __type: code, message });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
