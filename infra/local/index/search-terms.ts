/** Reads what somebody typed into a search box as words to be found, never as a language of queries. */
import { canonicalAddress } from './address-text.ts';
import { IndexQueryError } from './index-query-error.ts';
import { joinedText, lettersOf, lowerCase, wordsText } from './word-characters.ts';

/** What stands between two white spaces. */
export interface SearchTerm {
  /** In lower case. */
  readonly typed: string;
  /** To be found side by side in one name, whatever signs are between. */
  readonly words: readonly string[];
  /** To be an id, or to begin one: what was typed from its first letter or digit to its last. */
  readonly id: string;
  /** To be found in prose, each somewhere: `203.0.113.7` and `authn_login_fail` stay whole, as they do in the index. */
  readonly prose: readonly string[];
  /** To be found besides, each somewhere. */
  readonly letters: readonly string[];
  /** The last word may be the beginning of one. */
  readonly open: boolean;
}

/** Characters of the whole text: a sentence, not a document. */
const MAX_TEXT = 1_000;
/** With as many words, a pattern stays below the 1,000 characters that OpenSearch takes. */
const MAX_TERM = 200;
/** With a clause for each field and word, a query stays below the 1,024 that OpenSearch takes. */
const MAX_TERMS = 8;
const MAX_WORDS = 24;
const MAX_LETTERS = 16;
/** One character begins too much: it is that word. */
const MIN_BEGINNING = 2;

/** Undefined for a text of signs only, in which there is no word: nothing is found by it. Throws {@link IndexQueryError} for too much. */
export function searchTerms(text: string): readonly SearchTerm[] | undefined {
  bounded('characters', text.length, MAX_TEXT);
  const typed = text.toWellFormed().split(/\s+/u).filter(Boolean);
  const longest = typed.reduce((most, { length }) => Math.max(most, length), 0);
  bounded('characters in a word', longest, MAX_TERM);
  const terms = typed
    .map((one, at) => termOf(one, at === typed.length - 1))
    .filter(({ words, letters }) => words.length + letters.length > 0);
  bounded('words', terms.length, MAX_TERMS);
  bounded(
    'words between signs',
    sum(terms, ({ words }) => words.length),
    MAX_WORDS,
  );
  bounded(
    'letters of scripts without spaces',
    sum(terms, ({ letters }) => letters.length),
    MAX_LETTERS,
  );
  return terms.length === 0 && typed.length > 0 ? undefined : terms;
}

function termOf(text: string, isLast: boolean): SearchTerm {
  const typed = lowerCase(text);
  const words = wordsText(typed).split(' ').filter(Boolean);
  const last = words.at(-1) ?? '';
  return {
    typed,
    words,
    id: typed.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''),
    prose: joinedText(typed, (sign) => sign)
      .split(' ')
      .filter(Boolean),
    letters: [...new Set(lettersOf(typed))],
    open:
      isLast && last.length >= MIN_BEGINNING && typed.endsWith(last) && canonicalAddress(typed) === undefined,
  };
}

function sum(terms: readonly SearchTerm[], count: (term: SearchTerm) => number): number {
  return terms.reduce((total, term) => total + count(term), 0);
}

function bounded(what: string, got: number, most: number): void {
  if (got > most) throw new IndexQueryError(`words: expected at most ${most} ${what}, got ${got}`);
}
