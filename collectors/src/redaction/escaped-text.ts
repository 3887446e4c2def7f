/** Sees through the escapes with which some writers hide the punctuation that secrets are recognised by. */

/** `\u0022` as .NET and Gson write it, `\x22` as nginx does, each also escaped again: the printable characters of ASCII. */
const ESCAPED = /(?<!\\)(\\{1,3})(?:u00|x)([2-7][0-9a-f])/gi;

/** What is hidden only when escapes are read as what they stand for is hidden so; otherwise they stay as they are. */
export function redactedEscapes(text: string, redact: (text: string) => string): string {
  const read = text.replace(ESCAPED, readEscape);
  if (read !== text) {
    const clean = redact(read);
    if (clean !== read) return clean;
  }
  return redact(text);
}

function readEscape(written: string, backslashes: string, hex: string): string {
  const character = String.fromCharCode(Number.parseInt(hex, 16));
  if (character === '\\' || character === '\u007f') return written;
  // A quote stays escaped, as deep as it stood, so that JSON around it stays JSON.
  return character === '"' ? `${'\\'.repeat(2 ** backslashes.length - 1)}"` : character;
}
