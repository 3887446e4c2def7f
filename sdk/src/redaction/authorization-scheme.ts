/** Finds credentials behind the name of an HTTP authentication scheme. */
import { REDACTED } from './marker.ts';

const CREDENTIALS = /(?<![A-Za-z0-9])(bearer|basic)(\s{1,4}|%20|\+)([\w.~+/=%-]{6,})/gi;
/** `Basic authentication`, `Bearer realm="x"`: words and parameters are no credentials. */
const WORD = /^(?:[A-Z]?[a-z]{1,15}|[a-z_]{1,24}=)[.]?$/;

export function redactSchemes(text: string): string {
  return text.replace(CREDENTIALS, (all, scheme: string, space: string, value: string) =>
    isCredential(scheme, value) ? `${scheme}${space}${REDACTED}` : all,
  );
}

function isCredential(scheme: string, value: string): boolean {
  if (scheme.toLowerCase() === 'basic' && decodesToPair(value)) return true;
  return !WORD.test(value);
}

/** RFC 7617: base64 of `user:password`. */
function decodesToPair(value: string): boolean {
  const decoded = Buffer.from(value, 'base64').toString('latin1');
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(decoded);
}
