/** Answers requests of the console's API: reads what is asked, waits no longer than is decent, and turns errors into answers. */
import type { IncomingMessage } from 'node:http';
import { IndexQueryError } from '../../index/index-query-error.ts';
import type { ErrorAnswer } from '../answers.ts';
import { isObject } from '../live/document-field.ts';
import { legibleText } from '../live/legible-text.ts';
import { OrderError } from '../order-error.ts';
import type { ConsoleSources } from '../sources.ts';
import { ApiError, type ApiRoute } from './api-route.ts';
import { orderBody } from './order-body.ts';

/** Characters of an error's message. */
const MAX_ERROR = 400;
/** Questions at once; an index that hangs must not gather them without end. */
const MAX_OPEN = 32;

export interface ApiAnswer {
  readonly status: number;
  /** JSON. */
  readonly text: string;
}

export interface ApiOptions {
  readonly sources: ConsoleSources;
  /** Epoch ms. */
  readonly clock: () => number;
  /** Milliseconds after which a question has no answer. */
  readonly timeoutMs: number;
}

/** Never rejects. */
export type AnswerApi = (route: ApiRoute, request: IncomingMessage) => Promise<ApiAnswer>;

export function createApi({ sources, clock, timeoutMs }: ApiOptions): AnswerApi {
  let open = 0;
  return async (route, request) => {
    open += 1;
    try {
      if (open > MAX_OPEN) throw new ApiError(503, 'BUSY', 'Too many questions are open; ask again.');
      const query = new URLSearchParams((request.url ?? '').split('?').slice(1).join('?'));
      const body = route.method === 'POST' ? await orderBody(request) : {};
      const answered = await within(route.answer({ query, body, now: clock() }, sources), timeoutMs);
      return { status: 200, text: JSON.stringify(answered) };
    } catch (error) {
      return { status: statusOf(error), text: JSON.stringify(answerTo(error)) };
    } finally {
      open -= 1;
    }
  };
}

async function within<T>(answer: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ApiError(504, 'NO_ANSWER', `there was no answer within ${timeoutMs / 1_000} s; ask again`));
    }, timeoutMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the caller got wrong, what cannot be done now, and what is trouble of the stack. */
function statusOf(error: unknown): number {
  if (error instanceof ApiError) return error.status;
  if (error instanceof IndexQueryError) return 400;
  return error instanceof OrderError ? 409 : 503;
}

function answerTo(error: unknown): ErrorAnswer {
  const code = isObject(error) && typeof error.code === 'string' ? error.code : 'UNAVAILABLE';
  const message = error instanceof Error ? error.message : String(error);
  return { error: { code: legibleText(code), message: legibleText(message, MAX_ERROR) } };
}
