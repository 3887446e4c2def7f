/** Makes text from logs safe to look at: bounded, and with nothing in it that hides or turns other text around. */

/** UTF-16 code units; enough for an address, a route or a sentence. */
export const MAX_TEXT = 240;

// Controls, bidirectional overrides and isolates, zero-width characters and lone surrogates.
const INVISIBLE =
  /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/** The text, cut at `limit` with an ellipsis; a character that cannot be seen becomes U+FFFD. */
export function legibleText(text: string, limit: number = MAX_TEXT): string {
  // A cut may fall inside a surrogate pair: the replacement below repairs it.
  const bounded = text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
  return bounded.replace(INVISIBLE, '\ufffd');
}
