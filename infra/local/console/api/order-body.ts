/** Reads the order in a request, from the console's own page only. */
import type { IncomingMessage } from 'node:http';
import { isObject } from '../live/document-field.ts';
import { ApiError, type ApiRequest } from './api-route.ts';

/** An order is a few short fields. */
const MAX_BODY_BYTES = 16_384;
/** What is too large is read to here, so that the sender gets to read the answer, and no further. */
const MAX_DRAINED_BYTES = 1_048_576;

/**
 * A page of another site can neither send this media type without asking first nor have our origin, and the console answers no such
 * question. Throws {@link ApiError}.
 */
export async function orderBody(request: IncomingMessage): Promise<ApiRequest['body']> {
  const { origin, host = '', 'content-type': type } = request.headers;
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`) {
    throw new ApiError(403, 'FOREIGN_ORIGIN', 'Orders are taken from the console’s own page only.');
  }
  if (type === undefined || !/^application\/json\s*(;|$)/i.test(type)) {
    throw new ApiError(415, 'NOT_JSON', `content-type: expected application/json, got ${type ?? 'none'}`);
  }
  const value = parsed(await bodyOf(request));
  if (!isObject(value)) throw new ApiError(400, 'NOT_AN_OBJECT', 'body: expected a JSON object');
  return value;
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const tooLarge = (): void =>
      reject(new ApiError(413, 'TOO_LARGE', `body: expected at most ${MAX_BODY_BYTES} bytes, got more`));
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      if (bytes <= MAX_DRAINED_BYTES) return;
      request.pause();
      tooLarge();
    });
    request.once('end', () => {
      if (bytes > MAX_BODY_BYTES) tooLarge();
      else resolve(Buffer.concat(chunks).toString('utf8'));
    });
    // After 'end' this changes nothing; before, the sender went away.
    request.once('close', () =>
      reject(new ApiError(400, 'BODY_CUT', 'body: expected all of it, got a part')),
    );
    request.once('error', reject);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Said by the caller: what is no JSON is no object either.
    return undefined;
  }
}
