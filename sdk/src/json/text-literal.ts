/** Writes a text as a JSON string without secrets and within a bound; most texts are read once and copied as they are. */
import { ESCAPE, suspicion } from '../redaction/suspicion.ts';

/** Hides the secrets of a text; `flags` are its suspicion. */
export interface TextMask {
  /** The caller's own patterns must be tried on every text. */
  readonly everyText: boolean;
  clean(text: string, flags: number): string;
}

export const TRUNCATED = '…[truncated]';
/** Read beyond a cut, so that a secret across it is still recognised. */
const OVERLAP_CHARS = 1024;
/** Longer than any secret that is only recognised whole; what stands last before a cut is not written. */
const MARGIN_CHARS = 512;
/** What a cut leaves of an escape or of a surrogate pair. */
const HALF_CHARACTER = /(?<!\\)((?:\\\\)*)\\(?:u[\da-f]{0,3})?$|[\ud800-\udbff]$/;

/** At most `maxChars` long, quotes included; `maxChars` is at least 16. */
export function textLiteral(text: string, maxChars: number, mask: TextMask): string {
  if (text.length > maxChars - 2) return cutLiteral(text, maxChars, mask);
  const flags = suspicion(text);
  if (flags === 0 && !mask.everyText) return `"${text}"`;
  const clean = flags === ESCAPE && !mask.everyText ? text : mask.clean(text, flags);
  // What hides a value may write quotes of its own.
  const literal = (flags & ESCAPE) === 0 && clean === text ? `"${clean}"` : JSON.stringify(clean);
  return literal.length <= maxChars ? literal : shortened(clean, maxChars);
}

/** The same for a text that is not to be quoted: at most `maxChars` and a marker long. */
export function boundedText(text: string, maxChars: number, mask: TextMask): string {
  if (text.length <= maxChars) {
    const flags = suspicion(text);
    return flags === 0 && !mask.everyText ? text : mask.clean(text, flags);
  }
  return opening(text, maxChars, mask) + TRUNCATED;
}

function cutLiteral(text: string, maxChars: number, mask: TextMask): string {
  const clean =
    text.length > maxChars + OVERLAP_CHARS
      ? opening(text, maxChars, mask)
      : mask.clean(text, suspicion(text));
  const literal = JSON.stringify(clean);
  if (literal.length <= maxChars && clean.length >= text.length) return literal;
  return shortened(clean, maxChars);
}

/** The first characters without secrets. */
function opening(text: string, maxChars: number, mask: TextMask): string {
  const read = text.slice(0, maxChars + OVERLAP_CHARS);
  const clean = mask.clean(read, suspicion(read));
  const known = read.length < text.length ? Math.max(0, clean.length - MARGIN_CHARS) : clean.length;
  return clean.slice(0, Math.min(maxChars, known));
}

/** As many characters as fit escaped, with the marker behind them. */
function shortened(text: string, maxChars: number): string {
  const room = maxChars - TRUNCATED.length - 1;
  const literal = JSON.stringify(text.slice(0, room)).slice(0, -1).slice(0, room);
  return `${literal.replace(HALF_CHARACTER, '$1')}${TRUNCATED}"`;
}
