/** Says what a word is made of, for both engines alike: one reads texts with it, the other compares terms by pattern. */

/**
 * What words are written with in scripts that part them by spaces or signs: Latin to Greek, in ranges that JavaScript and
 * Lucene read alike. Lucene's patterns are the cheaper the fewer ranges they have, so signs outside of ASCII are letters to
 * them in names; prose is cut at such signs before.
 */
export const WORD_RANGES = '0-9A-Za-z\u0080-\u1fff';

const WORD = `[${WORD_RANGES}]--[\\p{P}\\p{S}\\p{Z}\\p{Cc}\\p{Cf}]`;
const WORDS = new RegExp(`[${WORD}]+`, 'gv');
const OTHERS = new RegExp(`[^${WORD}]+`, 'gv');
const ASCII_OTHERS = /[^0-9a-z]+/g;
/** Of scripts that write words together: each is looked for by itself. */
const LETTERS = new RegExp(`[[\\p{L}\\p{Nd}]--[${WORD_RANGES}]]`, 'gv');
/** Signs that OpenSearch's standard analysis (UAX #29) is sure to keep within a word; there are more. */
const JOINERS = /(?<=[0-9a-z])_(?=[0-9a-z])|(?<=[0-9])\.(?=[0-9])|(?<=[a-z])\.(?=[a-z])/g;

const ASCII = /^[\0-\x7f]*$/;

/** The words of a text in lower case, in their order, with one space between. */
export function wordsText(text: string): string {
  return ASCII.test(text)
    ? text.toLowerCase().replace(ASCII_OTHERS, ' ').trim()
    : (lowerCase(text).match(WORDS)?.join(' ') ?? '');
}

/** The same, with the signs that join words to a longer one between them, each as what `joiner` makes of it. */
export function joinedText(text: string, joiner: (sign: string) => string): string {
  // Within the private use area nothing is a word or a letter.
  const marked = lowerCase(text).replace(JOINERS, (sign) => (sign === '.' ? '\ue000' : '\ue001'));
  return marked
    .replace(OTHERS, (others) =>
      others === '\ue000' ? joiner('.') : others === '\ue001' ? joiner('_') : ' ',
    )
    .trim();
}

/** Letters that are words by themselves. */
export function lettersOf(text: string): readonly string[] {
  return ASCII.test(text) ? [] : (lowerCase(text).match(LETTERS) ?? []);
}

/** Character by character, as Lucene does, and with one sigma: its patterns take all forms of a letter for the same. */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  const same = lower.length === text.length ? lower : [...text].map(lowerCharacter).join('');
  return same.replaceAll('ς', 'σ');
}

/** A character that becomes two is left as it is. */
function lowerCharacter(character: string): string {
  const lower = character.toLowerCase();
  return lower.length === character.length ? lower : character;
}
