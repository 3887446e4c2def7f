/** Decides which texts are taken as a correlation id: they come from anyone and are written into every line. */
import { holdsCredential } from '../redaction/secret-values.ts';

const MAX_CHARS = 128;
const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** At most 128 printable ASCII characters, no space at the ends, nothing that looks like a credential. */
export function isCorrelationId(text: string): boolean {
  return text.length <= MAX_CHARS && PRINTABLE.test(text) && !holdsCredential(text);
}
