/** Shapes whatever was thrown as the contract's error fields. */
import { redactedCopy, redactedText } from '../redaction/redacted-copy.ts';
import type { ErrorFields } from '../wire/record.ts';
import { isError } from './is-error.ts';

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
const UNREADABLE = '[unreadable]';

/** How far down an error is. */
interface Depth {
  readonly causes: number;
  readonly ancestors: readonly unknown[];
}

/**
 * The message gets up to a quarter of `maxChars`, the stack up to half; what is left is for causes (3 deep) and the
 * members of an `AggregateError` (up to 10). `maxChars` is at least 256. Never throws.
 */
export function errorFields(thrown: unknown, maxChars: number): ErrorFields {
  return describe(thrown, maxChars, { causes: MAX_CAUSES, ancestors: [] });
}

function describe(thrown: unknown, maxChars: number, depth: Depth): ErrorFields {
  if (!isError(thrown)) return describeOther(thrown, maxChars);
  const stack = member(thrown, 'stack');
  const type = redactedText(printed(member(thrown, 'name')), MAX_TYPE_CHARS);
  const message = redactedText(printed(member(thrown, 'message')), Math.floor(maxChars / 4));
  const stackTrace = typeof stack === 'string' ? redactedText(stack, Math.floor(maxChars / 2)) : undefined;
  const room = maxChars - FRAME_CHARS - type.length - message.length - (stackTrace?.length ?? 0);
  return {
    type,
    message,
    ...(stackTrace === undefined ? {} : { stack_trace: stackTrace }),
    ...describeCauses(thrown, room, { causes: depth.causes, ancestors: [...depth.ancestors, thrown] }),
  };
}

function describeCauses(error: Error, room: number, depth: Depth): Pick<ErrorFields, 'cause' | 'errors'> {
  if (depth.causes === 0) return {};
  const cause = member(error, 'cause');
  const errors = listOf(member(error, 'errors'));
  const share = errors === undefined ? room : Math.floor(room / 2);
  if (share < MIN_CHARS) return {};
  const below: Depth = { causes: depth.causes - 1, ancestors: depth.ancestors };
  return {
    ...(cause === undefined || depth.ancestors.includes(cause)
      ? {}
      : { cause: describe(cause, share, below) }),
    ...(errors === undefined ? {} : { errors: describeList(errors, share, below) }),
  };
}

function describeList(errors: readonly unknown[], maxChars: number, depth: Depth): ErrorFields[] {
  const told = Math.min(MAX_ERRORS, Math.floor(maxChars / MIN_CHARS), errors.length);
  const shown = errors.slice(0, told).filter((one) => !depth.ancestors.includes(one));
  const share = Math.floor(maxChars / Math.max(shown.length, 1));
  const described = shown.map((one) => describe(one, share, depth));
  const more = errors.length - told;
  return more > 0 ? [...described, { type: 'more', message: `${more} more errors` }] : described;
}

/** A value that is no error, thrown all the same. */
function describeOther(thrown: unknown, maxChars: number): ErrorFields {
  if (typeof thrown !== 'object' || thrown === null) {
    return {
      type: thrown === null ? 'null' : typeof thrown,
      message: redactedText(printed(thrown), maxChars),
    };
  }
  const { name, message } = { name: member(thrown, 'name'), message: member(thrown, 'message') };
  return {
    type: redactedText(typeof name === 'string' ? name : 'object', MAX_TYPE_CHARS),
    message: redactedText(typeof message === 'string' ? message : printedJson(thrown, maxChars), maxChars),
  };
}

/** Only real lists: `errors` of a validation library may be anything. */
function listOf(errors: unknown): readonly unknown[] | undefined {
  try {
    return Array.isArray(errors) && errors.length > 0 ? Array.from(errors.slice(0, MAX_LISTED)) : undefined;
  } catch {
    // A proxy refused.
    return undefined;
  }
}

/** An error that was made by hand may have getters that throw. */
function member(thrown: object, name: 'name' | 'message' | 'stack' | 'cause' | 'errors'): unknown {
  try {
    return (thrown as Record<string, unknown>)[name];
  } catch {
    return UNREADABLE;
  }
}

function printed(value: unknown): string {
  try {
    return String(value);
  } catch {
    return UNREADABLE;
  }
}

function printedJson(value: unknown, maxChars: number): string {
  try {
    return JSON.stringify(redactedCopy(value, maxChars)) ?? UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}
