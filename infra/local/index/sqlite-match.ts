/**
 * Writes documents and queries for FTS5 in tokens of our own: its language of queries never sees what somebody typed, and its
 * tokenizer has only white space to split at.
 */
import { createHash } from 'node:crypto';
import { beginsAddress, canonicalAddress } from './address-text.ts';
import type { FieldValue, IndexQuery } from './index-search.ts';
import { type SearchTerm, searchTerms } from './search-terms.ts';
import {
  ADDRESS_FIELD,
  comparedValue,
  FILTERED,
  type FilteredField,
  filteredField,
  STATUS_FIELD,
} from './searched-fields.ts';
import type { SearchedValues } from './searched-values.ts';
import { joinedText, lettersOf, lowerCase, wordsText } from './word-characters.ts';

/** Words of names, whole ids, words of prose, letters that are words by themselves, and what a document can be held to. */
export const COLUMNS = ['names', 'ids', 'prose', 'letters', 'exact'] as const;

/** In no word: between two names, so that no phrase reaches from one into the other. */
const BREAK = ' _ ';
/** No id that can be searched for is longer. */
const MAX_ID = 256;
/** Longer values are compared by their hash: FTS5 would cut them without a word. */
const MAX_EXACT = 1_000;

/** The columns of a document. */
export function columnsOf(channel: string, values: SearchedValues): readonly string[] {
  const { names, ids, prose, lettered, filtered } = values;
  return [
    names.map(wordsText).join(BREAK),
    ids.map((id) => escaped(lowerCase(id.slice(0, MAX_ID)))).join(' '),
    prose.map((text) => joinedText(text, joiner)).join(' '),
    [...new Set([...prose, ...lettered].flatMap(lettersOf))].join(' '),
    [channel, ...filtered.map(([field, value]) => exactToken(field, value))].join(' '),
  ];
}

/** What follows MATCH; undefined when nothing can match. Throws `IndexQueryError`. */
export function matchOf({ channel, words, equals, anyOf }: IndexQuery): string | undefined {
  const terms = searchTerms(words);
  const all = equals.map(exactOf);
  const any = anyOf.map(exactOf).filter((token) => token !== undefined);
  if (terms === undefined || all.includes(undefined) || (anyOf.length > 0 && any.length === 0))
    return undefined;
  const asked = [
    ...terms.map(termText),
    ...all.map((token) => `exact : "${token}"`),
    ...(anyOf.length === 0 ? [] : [anyExact(any)]),
  ];
  if (channel !== 'all') asked.push(`exact : "${channel}"`);
  // Every document is of one of the two.
  else if (asked.length === 0) asked.push(anyExact(['business', 'trail']));
  return asked.join(' AND ');
}

function termText({ typed, words, id, prose, letters, open }: SearchTerm): string {
  const asked = letters.map((letter) => `letters : "${letter}"`);
  if (words.length === 0) return asked.join(' AND ');
  const end = open ? ' *' : '';
  const phrases = prose.map(
    (word, at) => `"${joinedText(word, joiner)}"${at === prose.length - 1 ? end : ''}`,
  );
  const address = canonicalAddress(typed);
  const ways = [
    `names : "${words.join(' ')}"${end}`,
    `ids : "${escaped(id)}"${end}`,
    `prose : (${phrases.join(' AND ')})`,
    ...(/^[1-9][0-9]{2}$/.test(typed) ? [`exact : "${exactToken(STATUS_FIELD, typed)}"`] : []),
    ...(address === undefined ? [] : [`exact : "${exactToken(ADDRESS_FIELD, address)}"`]),
    ...(open && beginsAddress(typed) ? [`exact : "${exactToken(ADDRESS_FIELD, typed)}" *`] : []),
  ];
  return [...asked, `(${ways.join(' OR ')})`].join(' AND ');
}

function anyExact(tokens: readonly string[]): string {
  return `exact : (${tokens.map((token) => `"${token}"`).join(' OR ')})`;
}

function joiner(sign: string): string {
  return sign === '.' ? ' _d ' : ' _u ';
}

/** Undefined for a value that the field never has. */
function exactOf({ field, value }: FieldValue): string | undefined {
  const filtered = filteredField(field);
  const compared = comparedValue(filtered, value);
  return compared === undefined ? undefined : exactToken(filtered, compared);
}

/** One token for a field and its value. */
function exactToken(field: FilteredField, value: string): string {
  const text = escaped(value);
  const bounded = text.length > MAX_EXACT ? `_${createHash('sha256').update(value).digest('hex')}` : text;
  return `f${FILTERED.indexOf(field)}_${bounded}`;
}

/** One token for any text; that of its beginning begins it. */
function escaped(text: string): string {
  return text.replace(/[^a-z0-9]/g, (unit) => `_${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
