/** Shows bytes that somebody hostile may have written: nothing in them can drive a terminal or pass for our own lines. */

/** Controls, invisible and bidirectional characters, unassigned and private ones, surrogates, separators but the space. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' };
const HEX_BYTES = 16;

/** One line of text, cut at `limit` UTF-16 units; what cannot be seen is spelled out. */
export function oneLine(text: string, limit = Number.POSITIVE_INFINITY): string {
  const bounded = text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
  return bounded.replace(UNSEEN, spelled);
}

/** Text in its own lines, each behind a bar, so that none of them looks like ours. */
export function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `  | ${oneLine(line)}`)
    .join('\n');
}

/** UTF-8 as text, anything else as hexadecimal with what can be read of it beside. */
export function quotedBytes(bytes: Uint8Array): string {
  try {
    return quoted(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return hexDump(bytes); // not UTF-8
  }
}

/** JSON in ASCII: parsers read the same, terminals see no control. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let from = 0; from < bytes.length; from += HEX_BYTES) {
    const row = bytes.subarray(from, from + HEX_BYTES);
    const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    lines.push(`  | ${from.toString(16).padStart(8, '0')}  ${hex.padEnd(HEX_BYTES * 3)} ${text.join('')}`);
  }
  return lines.join('\n');
}

function spelled(character: string): string {
  return NAMED[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
