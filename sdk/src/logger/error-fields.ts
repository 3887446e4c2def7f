/** Shapes whatever was thrown as the contract's error fields. */
import { redactedText } from '../redaction/redacted-copy.ts';
import type { ErrorFields } from '../wire/record.ts';

const MAX_TYPE_CHARS = 128;
const MAX_CAUSES = 3;
const UNREADABLE = '[unreadable]';

/** `maxChars` bounds the message and the stack, each a share of it. Never throws. */
export function errorFields(thrown: unknown, maxChars: number, causes: number = MAX_CAUSES): ErrorFields {
  if (!(thrown instanceof Error)) {
    return { type: typeof thrown, message: redactedText(printed(thrown), maxChars) };
  }
  const stack = member(thrown, 'stack');
  const cause = member(thrown, 'cause');
  const share = Math.floor(maxChars / 4);
  return {
    type: redactedText(printed(member(thrown, 'name')), MAX_TYPE_CHARS),
    message: redactedText(printed(member(thrown, 'message')), share),
    ...(typeof stack === 'string' ? { stack_trace: redactedText(stack, share * 2) } : {}),
    ...(cause === undefined || causes === 0 ? {} : { cause: errorFields(cause, share, causes - 1) }),
  };
}

/** An error that was made by hand may have getters that throw. */
function member(error: Error, name: 'name' | 'message' | 'stack' | 'cause'): unknown {
  try {
    return error[name];
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
