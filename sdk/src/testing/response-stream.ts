/** The stream that a handler answers on, for tests: gathers what Lambda would send to the client. */
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

export interface StreamedAnswer {
  /** What `HttpResponseStream.from` was given; 200 and none where it was not called. */
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';
const DELIMITER = Buffer.alloc(8);

export class TestResponseStream extends Writable {
  /** Set by `HttpResponseStream.from`, as Lambda's runtime has it. */
  _onBeforeFirstWrite: ((write: (chunk: string | Uint8Array) => void) => void) | undefined;
  #contentType = 'application/octet-stream';
  readonly #chunks: Uint8Array[] = [];
  /** Rejects with what the stream failed of. */
  readonly ended: Promise<void> = finished(this);

  constructor() {
    super();
    // Whoever waits is told; that nobody waits must not end the process.
    this.ended.catch(() => undefined);
  }

  setContentType(contentType: string): void {
    this.#contentType = contentType;
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    if (this.#chunks.length === 0)
      this._onBeforeFirstWrite?.((opening) => this.#chunks.push(Buffer.from(opening)));
    this.#chunks.push(chunk);
    done();
  }

  get answer(): StreamedAnswer {
    const sent = Buffer.concat(this.#chunks);
    const end = this.#contentType === PRELUDE_TYPE ? sent.indexOf(DELIMITER) : -1;
    if (end < 0) return { statusCode: 200, headers: {}, body: sent.toString('utf8') };
    const opening = JSON.parse(sent.toString('utf8', 0, end)) as Partial<StreamedAnswer>;
    return {
      statusCode: opening.statusCode ?? 200,
      headers: opening.headers ?? {},
      body: sent.toString('utf8', end + DELIMITER.length),
    };
  }
}
