/** Shapes whatever was thrown as the contract's error fields. */
import { redactedCopy, redactedText } from '../redaction/redacted-copy.ts';
import type { ErrorFields } from '../wire/record.ts';
import { attempt, isError, memberOf, textOf, UNREADABLE } from './caller-value.ts';

const MAX_TYPE_CHARS = 128;
const MAX_CAUSES = 3;
/** Of an `AggregateError`; they are followed by how many more there were. */
const MAX_ERRORS = 10;
/** Below it there is too little room to tell another error. */
const MIN_CHARS = 256;
/** What an error takes beside its texts. */
const FRAME_CHARS = 64;
/** Members that are counted; of a longer list only so many. */
const MAX_LISTED = 1000;

type Described = { -readonly [Name in keyof ErrorFields]: ErrorFields[Name] };

/**
 * The message gets up to a quarter of `maxChars`, the stack up to half; what is left is for causes (3 deep) and the
 * members of an `AggregateError` (up to 10). `maxChars` is at least 256. Never throws.
 */
export function errorFields(thrown: unknown, maxChars: number): ErrorFields {
  return describe(thrown, maxChars, []);
}

/** `ancestors`: the errors that this one is a cause or member of. */
function describe(thrown: unknown, maxChars: number, ancestors: readonly unknown[]): ErrorFields {
  if (!isError(thrown)) return describeOther(thrown, maxChars);
  const stack = memberOf(thrown, 'stack');
  const error: Described = {
    type: redactedText(textOf(memberOf(thrown, 'name')), MAX_TYPE_CHARS),
    message: redactedText(textOf(memberOf(thrown, 'message')), Math.floor(maxChars / 4)),
  };
  if (typeof stack === 'string') error.stack_trace = redactedText(stack, Math.floor(maxChars / 2));
  if (ancestors.length === MAX_CAUSES) return error;
  const room =
    maxChars - FRAME_CHARS - error.type.length - error.message.length - (error.stack_trace?.length ?? 0);
  const path = [...ancestors, thrown];
  const cause = memberOf(thrown, 'cause');
  const errors = listOf(memberOf(thrown, 'errors'));
  const share = errors.length === 0 ? room : Math.floor(room / 2);
  if (share < MIN_CHARS) return error;
  if (cause !== undefined && !path.includes(cause)) error.cause = describe(cause, share, path);
  if (errors.length > 0) error.errors = describeList(errors, share, path);
  return error;
}

function describeList(
  errors: readonly unknown[],
  maxChars: number,
  path: readonly unknown[],
): readonly ErrorFields[] {
  const told = Math.min(MAX_ERRORS, Math.floor(maxChars / MIN_CHARS));
  const shown = errors.slice(0, told).filter((one) => !path.includes(one));
  const described = shown.map((one) => describe(one, Math.floor(maxChars / shown.length), path));
  const more = errors.length - told;
  return more > 0 ? [...described, { type: 'more', message: `${more} more errors` }] : described;
}

/** A value that is no error, thrown all the same. */
function describeOther(thrown: unknown, maxChars: number): ErrorFields {
  let type: unknown = thrown === null ? 'null' : typeof thrown;
  let message: unknown = thrown;
  if (type === 'object') {
    const name = memberOf(thrown, 'name');
    if (typeof name === 'string') type = name;
    message = memberOf(thrown, 'message');
    if (typeof message !== 'string') {
      message = attempt(() => JSON.stringify(redactedCopy(thrown, maxChars)), UNREADABLE);
    }
  }
  return {
    type: redactedText(textOf(type), MAX_TYPE_CHARS),
    message: redactedText(textOf(message), maxChars),
  };
}

/** Only real lists: `errors` of a validation library may be anything, a proxy that refuses included. */
function listOf(errors: unknown): readonly unknown[] {
  return attempt(() => (Array.isArray(errors) ? Array.from(errors.slice(0, MAX_LISTED)) : []), []);
}
