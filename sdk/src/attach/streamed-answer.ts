/** Reads and writes the opening of a streamed answer: status and headers as JSON, eight zero bytes, then the body. */
import { field } from '../event/field.ts';
import type { RefusalResponse } from '../limit-check/refusal.ts';

/** What Lambda's runtime sets in `awslambda.HttpResponseStream.from`. */
const CONTENT_TYPE = 'application/vnd.awslambda.http-integration-response';
const DELIMITER_BYTES = 8;

/**
 * The status that `awslambda.HttpResponseStream.from` was given; 200 where it was not called. The runtime keeps what
 * it will write first in a member of the stream, which is asked here to write it once more, to us.
 */
export function streamedStatus(stream: unknown): number {
  try {
    const first = field(stream, '_onBeforeFirstWrite');
    if (typeof first !== 'function') return 200;
    let opening: unknown;
    first((chunk: unknown) => {
      opening ??= chunk;
      return true;
    });
    const status = typeof opening === 'string' ? Number(field(JSON.parse(opening), 'statusCode')) : 200;
    return Number.isInteger(status) && status >= 100 && status <= 599 ? status : 200;
  } catch {
    // A runtime that keeps something else there tells us nothing.
    return 200;
  }
}

/** Answers instead of a handler. Never throws: a stream that takes nothing is the platform's to report. */
export function writeAnswer(stream: unknown, { statusCode, headers, body }: RefusalResponse): void {
  try {
    call(stream, 'setContentType', CONTENT_TYPE);
    call(stream, 'write', JSON.stringify({ statusCode, headers }));
    call(stream, 'write', new Uint8Array(DELIMITER_BYTES));
    call(stream, 'end', body);
  } catch {
    // Closed by the client, or no stream at all.
  }
}

function call(target: unknown, name: string, argument: unknown): void {
  const method = field(target, name);
  if (typeof method === 'function') method.call(target, argument);
}
