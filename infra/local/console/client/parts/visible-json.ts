/** Shows the JSON of a document as it is: what cannot be seen is escaped, so that it still means the same. */

// Controls but the line break, bidirectional overrides and isolates, zero-width characters.
const INVISIBLE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** The same JSON with every invisible character as its escape; `json` is indented JSON. */
export function visibleJson(json: string): string {
  return json.replace(INVISIBLE, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
