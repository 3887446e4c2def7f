/** Decides what a call that was refused as a whole means: an error to throw, or a document in it that spoils it. */
import { BulkTooLargeError } from '../ports.ts';
import {
  OpenSearchRefusedError,
  OpenSearchReplyError,
  OpenSearchUnavailableError,
} from './opensearch-errors.ts';
import { errorType } from './rejection-reason.ts';

/** Errors about what a call carries: one document that cannot even be read spoils it for the others. */
const OF_THE_CONTENT: ReadonlySet<string> = new Set([
  'action_request_validation_exception',
  'illegal_argument_exception',
  'json_parse_exception',
  'not_x_content_exception',
  'parse_exception',
  'parsing_exception',
  'x_content_parse_exception',
]);

export type Refusal =
  | { readonly kind: 'spoiled'; readonly type: string }
  | { readonly kind: 'failed'; readonly error: Error };

/** Of a status other than 200. */
export function readRefusal(origin: string, status: number, body: Buffer): Refusal {
  const said = parse(body);
  const error: unknown = said?.error;
  const type = errorType(typeof error === 'object' && error !== null ? error : undefined);
  if (status === 400 && type !== undefined && OF_THE_CONTENT.has(type)) return { kind: 'spoiled', type };
  return { kind: 'failed', error: failure(origin, status, type, said) };
}

function failure(origin: string, status: number, type: string | undefined, said: Said): Error {
  if (status === 413) return new BulkTooLargeError(`${origin}: the call is too large (413)`);
  if (status === 401 || status === 403) {
    return new OpenSearchRefusedError(origin, status, type ?? whyRefused(said));
  }
  if (status === 429 || status >= 500) return new OpenSearchUnavailableError(origin, status, type);
  const what = type === undefined ? '' : ` (${type})`;
  return new OpenSearchReplyError(`${origin}: expected 200, got ${status}${what}`);
}

type Said = Readonly<Record<string, unknown>> | undefined;

/** The service in front of a domain answers in words, which hold names of roles and of the request's headers. */
function whyRefused(said: Said): string {
  const message = String(said?.message ?? said?.Message ?? '');
  if (/expired/i.test(message)) return 'the credentials or the signature have expired';
  if (/signature/i.test(message)) return 'the signature does not match';
  if (/security token|credential/i.test(message)) return 'the credentials are not valid';
  if (/not authorized|no permissions|forbidden/i.test(message)) return 'the caller has no permission';
  return 'no reason given';
}

function parse(body: Buffer): Said {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Said) : undefined;
  } catch {
    // A proxy answers in HTML; the status says enough.
    return undefined;
  }
}
