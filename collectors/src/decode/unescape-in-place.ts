/** Takes the escapes out of a JSON string where it stands, so that a message becomes the bytes that the function wrote. */
import { ESCAPED, hexUnit, NOT_PLAIN } from './json-bytes.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export interface Unescaped {
  /** Index behind the last byte of the text. */
  end: number;
}

/**
 * The text begins at `from` and is never longer than it was; `view` is of the same bytes. Returns the index of the closing quote and sets
 * `unescaped.end`; or -1 for what is no JSON, or has no form in UTF-8 (half a surrogate pair), when bytes may have changed.
 */
export function unescapeInPlace(
  bytes: Uint8Array,
  view: DataView,
  from: number,
  unescaped: Unescaped,
): number {
  const { length } = bytes;
  const lastWord = length - 5;
  let at = from;
  while (at < length && NOT_PLAIN[bytes[at] ?? 0] === 0) at++;
  let to = at;
  while (at < length) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      unescaped.end = to;
      return at;
    }
    if (byte !== BACKSLASH) return -1;
    const instead = ESCAPED[bytes[at + 1] ?? 0] ?? 0;
    if (at <= lastWord && bytes[at + 4] === QUOTE && isBetweenTexts(view.getInt32(at, true))) {
      bytes[to] = QUOTE;
      bytes[to + 1] = bytes[at + 2] ?? 0;
      bytes[to + 2] = QUOTE;
      to += 3;
      at += 5;
    } else if (instead !== 0) {
      bytes[to++] = instead;
      at += 2;
    } else {
      const unit = hexUnit(bytes, at + 1);
      if (unit < 0) return -1;
      at += 6;
      let point = unit;
      if ((unit & 0xf800) === 0xd800) {
        const low = bytes[at] === BACKSLASH ? hexUnit(bytes, at + 1) : -1;
        if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff) return -1;
        point = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
        at += 6;
      }
      to = writePoint(bytes, to, point);
    }
    // What stands between two escapes; a word that is written ends before the one that is read next.
    while (at <= lastWord) {
      const word = view.getInt32(at, true);
      if (!isPlainWord(word)) break;
      view.setInt32(to, word, true);
      at += 4;
      to += 4;
    }
    for (;;) {
      const plain = bytes[at] ?? 0;
      if (NOT_PLAIN[plain] !== 0) break;
      bytes[to++] = plain;
      at++;
    }
  }
  return -1;
}

/** `\":\` and `\",\`: with the quote behind them they stand between two texts of JSON in JSON. */
function isBetweenTexts(word: number): boolean {
  return word === NAME_AND_VALUE || word === VALUE_AND_NAME;
}

const NAME_AND_VALUE = Buffer.from('\\":\\').readInt32LE(0);
const VALUE_AND_NAME = Buffer.from('\\",\\').readInt32LE(0);

/** None of four bytes is a quote, a backslash or a control: in each, the difference borrows from its highest bit. */
function isPlainWord(word: number): boolean {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  const special =
    ((quotes - 0x01010101) & ~quotes) |
    ((backslashes - 0x01010101) & ~backslashes) |
    ((word - 0x20202020) & ~word);
  return (special & 0x80808080) === 0;
}

/** As UTF-8 (RFC 3629). */
function writePoint(bytes: Uint8Array, at: number, point: number): number {
  let to = at;
  if (point < 0x80) {
    bytes[to++] = point;
  } else if (point < 0x800) {
    bytes[to++] = 0xc0 | (point >> 6);
    bytes[to++] = 0x80 | (point & 0x3f);
  } else if (point < 0x10000) {
    bytes[to++] = 0xe0 | (point >> 12);
    bytes[to++] = 0x80 | ((point >> 6) & 0x3f);
    bytes[to++] = 0x80 | (point & 0x3f);
  } else {
    bytes[to++] = 0xf0 | (point >> 18);
    bytes[to++] = 0x80 | ((point >> 12) & 0x3f);
    bytes[to++] = 0x80 | ((point >> 6) & 0x3f);
    bytes[to++] = 0x80 | (point & 0x3f);
  }
  return to;
}
