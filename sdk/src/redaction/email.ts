/** Finds e-mail addresses from their `@` outwards, also percent-encoded and in any script. */
import { REDACTED } from './marker.ts';

/** Outside ASCII letters, marks, numbers and symbols; half a surrogate pair belongs to a letter more often than not. */
const LOCAL = '[\\w.%+-]|[^\\0-\\x7f\\p{P}\\p{Z}\\p{C}]|\\p{Cs}';
/** The quote around an address is not part of it. The last label has letters only: `pino@10.4.0` is a package. */
const ADDRESS = new RegExp(
  `(?:@|%40)(?<=((?:${LOCAL})(?:${LOCAL}|'){0,63})(?:@|%40))(?:[\\p{L}\\p{N}_-]{1,63}\\.){1,8}\\p{L}{2,24}(?![\\p{L}\\p{N}_])`,
  'gu',
);

export function redactEmails(text: string): string {
  let written = '';
  let done = 0;
  for (const { 0: host, 1: local = '', index } of text.matchAll(ADDRESS)) {
    if (index === done && done > 0) continue;
    written += text.slice(done, Math.max(done, index - local.length)) + REDACTED;
    done = index + host.length;
  }
  return written + text.slice(done);
}
