/** A local HTTP server that takes answers as CloudFormation's bucket does. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  readonly bytes: number;
}

export class AnswerPlace {
  readonly answers: Answer[] = [];
  /** Statuses of the next answers; 200 where there is none. */
  readonly statuses: number[] = [];
  url = '';
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const status = this.statuses.shift() ?? 200;
      const text = Buffer.concat(chunks);
      if (status === 200 && request.method === 'PUT') {
        this.answers.push({
          headers: request.headers,
          body: JSON.parse(text.toString()),
          bytes: text.length,
        });
      }
      response.writeHead(status).end();
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/response?signature=s3cr3t`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
