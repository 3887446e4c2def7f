/** Decides which texts are taken as a correlation id: they come from anyone and are written into every line. */
import { redactedText } from '../redaction/redacted-copy.ts';

const MAX_CHARS = 128;
const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** An id is judged where it is found and again where it is used; in between comes no other. */
let lastTaken: string | undefined;

/** At most 128 printable ASCII characters, no space at the ends, nothing that redaction would hide. */
export function isCorrelationId(text: string): boolean {
  if (text === lastTaken) return true;
  if (text.length > MAX_CHARS || !PRINTABLE.test(text) || redactedText(text, MAX_CHARS) !== text)
    return false;
  lastTaken = text;
  return true;
}
