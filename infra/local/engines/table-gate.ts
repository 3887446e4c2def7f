/** Refuses requests for some tables of the DynamoDB engine, as the service does in an outage; all others pass. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

/** Bytes of a request that are read to see which tables it names; the service takes 16 MB. */
const MAX_BODY_BYTES = 16 * 1_048_576;
/** "Error handling with DynamoDB": a server-side fault that clients try again. */
const OUTAGE = JSON.stringify({
  __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
  message: 'The table is not available',
});

export class TableGate {
  #refused: ReadonlySet<string> = new Set();

  /** From now on requests that name one of these tables are refused; none lifts it. */
  refuse(tables: readonly string[]): void {
    this.#refused = new Set(tables);
  }

  /** The listener with the gate before it: a request costs nothing while no table is refused. */
  before(listener: RequestListener): RequestListener {
    return (request, response) => {
      if (this.#refused.size === 0 || request.method !== 'POST') listener(request, response);
      else void this.#look(request, response, listener);
    };
  }

  async #look(request: IncomingMessage, response: ServerResponse, listener: RequestListener): Promise<void> {
    let body: Buffer;
    try {
      body = await readBody(request);
    } catch {
      // The client went away in the middle of its request: there is nobody to answer.
      response.destroy();
      return;
    }
    if (tablesOf(body).some((table) => this.#refused.has(table))) {
      response.writeHead(500, { 'content-type': 'application/x-amz-json-1.0' }).end(OUTAGE);
    } else {
      listener(replayed(request, body), response);
    }
  }
}

/** The tables that a request of the DynamoDB API names; none for what is no such request. */
function tablesOf(body: Buffer): readonly string[] {
  try {
    const { TableName, RequestItems } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    const batch = typeof RequestItems === 'object' && RequestItems !== null ? Object.keys(RequestItems) : [];
    return typeof TableName === 'string' ? [TableName, ...batch] : batch;
  } catch {
    // The engine says what is wrong with it.
    return [];
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new RangeError(`body: expected at most ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The request once more, for a listener that reads the body itself. */
function replayed({ headers, method, url }: IncomingMessage, body: Buffer): IncomingMessage {
  return Object.assign(Readable.from([body]), { headers, method, url }) as unknown as IncomingMessage;
}
