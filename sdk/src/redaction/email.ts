/** Finds e-mail addresses from their `@` outwards, also percent-encoded and in any script. */
import { REDACTED } from './marker.ts';

const MAX_LOCAL_CHARS = 64;
/** The last label has letters only: `pino@10.4.0` is a package. */
const HOST = /(?:[\p{L}\p{N}_-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}_])/uy;
const OUTSIDE_ASCII = /[\p{L}\p{M}\p{N}\p{S}]/u;

export function redactEmails(text: string): string {
  let written = '';
  let done = 0;
  for (let at = next(text, 0); at >= 0; at = next(text, at + 1)) {
    const start = localStart(text, at, done);
    HOST.lastIndex = at + (text[at] === '@' ? 1 : 3);
    if (start === at || !HOST.test(text)) continue;
    written += text.slice(done, start) + REDACTED;
    done = HOST.lastIndex;
  }
  return done === 0 ? text : written + text.slice(done);
}

/** `@` or `%40`. */
function next(text: string, from: number): number {
  const plain = text.indexOf('@', from);
  const encoded = text.indexOf('%40', from);
  if (plain < 0 || encoded < 0) return Math.max(plain, encoded);
  return Math.min(plain, encoded);
}

function localStart(text: string, at: number, from: number): number {
  let start = at;
  while (start > from && at - start < MAX_LOCAL_CHARS && isLocal(text, start - 1)) start -= 1;
  // The quote around an address is not part of it.
  while (start < at && text[start] === "'") start += 1;
  return start;
}

/** Letters, digits and `.`, `_`, `%`, `+`, `-`, `'`; half a surrogate pair belongs to a letter more often than not. */
function isLocal(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code > 127) return (code & 0xf800) === 0xd800 || OUTSIDE_ASCII.test(text[at] ?? '');
  const lower = code | 32;
  if (lower > 96 && lower < 123) return true;
  return (
    (code > 47 && code < 58) ||
    code === 46 ||
    code === 95 ||
    code === 37 ||
    code === 43 ||
    code === 45 ||
    code === 39
  );
}
