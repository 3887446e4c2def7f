/** Writes a query for OpenSearch, so that the same words find the same documents as in the embedded index. */
import type { FieldName } from '@trailgate/collectors/schema';
import { addressesFrom, beginsAddress, canonicalAddress } from './address-text.ts';
import type { FieldValue, IndexQuery } from './index-search.ts';
import { type SearchTerm, searchTerms } from './search-terms.ts';
import {
  ADDRESS_FIELD,
  comparedValue,
  filteredField,
  ID_FIELDS,
  LETTERED_FIELDS,
  NAME_FIELDS,
  OPEN_FIELDS,
  PROSE_FIELDS,
  STATUS_FIELD,
} from './searched-fields.ts';
import { WORD_RANGES } from './word-characters.ts';

type Json = Readonly<Record<string, unknown>>;

/** A keyword is one term, and prose is cut otherwise than names are: patterns over the terms see words in both. */
const BEFORE = `(.*[^${WORD_RANGES}])?`;
const AFTER = `([^${WORD_RANGES}].*)?`;
const BETWEEN = `[^${WORD_RANGES}]+`;

/** Undefined when nothing can match. Throws `IndexQueryError`. */
export function openSearchQuery({ words, equals, anyOf, since, until }: IndexQuery): Json | undefined {
  const terms = searchTerms(words);
  const all = equals.map(valueClause);
  const any = anyOf.map(valueClause).filter((clause) => clause !== undefined);
  if (terms === undefined || all.includes(undefined) || (anyOf.length > 0 && any.length === 0))
    return undefined;
  const times = {
    ...(since === undefined ? {} : { gte: Math.ceil(since) }),
    ...(until === undefined ? {} : { lte: Math.floor(until) }),
    format: 'epoch_millis',
  };
  return everyOne([
    ...(since === undefined && until === undefined ? [] : [{ range: { '@timestamp': times } }]),
    ...all.filter((clause) => clause !== undefined),
    ...(anyOf.length === 0 ? [] : [anyOne(any)]),
    ...terms.map(termClause),
  ]);
}

function valueClause({ field, value }: FieldValue): Json | undefined {
  const filtered = filteredField(field);
  const compared = comparedValue(filtered, value);
  return compared === undefined ? undefined : { term: { [filtered]: compared } };
}

function termClause({ typed, words, id, prose, letters, open }: SearchTerm): Json {
  const asked = letters.map((letter) =>
    inOneOf([...PROSE_FIELDS, ...OPEN_FIELDS, ...LETTERED_FIELDS], `.*${letter}.*`),
  );
  if (words.length === 0) return everyOne(asked);
  const end = open ? '.*' : AFTER;
  const proseClauses = prose.map((word, at) =>
    inOneOf(PROSE_FIELDS, `${BEFORE}${literal(word)}${at === prose.length - 1 ? end : AFTER}`),
  );
  const address = canonicalAddress(typed);
  const beginning = open && beginsAddress(typed) ? addressesFrom(typed) : [];
  const ways = [
    inOneOf([...NAME_FIELDS, ...OPEN_FIELDS], `${BEFORE}${words.join(BETWEEN)}${end}`),
    ...ID_FIELDS.map((field) => idClause(field, id, open)),
    everyOne(proseClauses),
    ...(/^[1-9][0-9]{2}$/.test(typed) ? [{ term: { [STATUS_FIELD]: typed } }] : []),
    ...(address === undefined ? [] : [{ term: { [ADDRESS_FIELD]: address } }]),
    ...beginning.map(({ first, last }) => ({ range: { [ADDRESS_FIELD]: { gte: first, lte: last } } })),
  ];
  return everyOne([...asked, anyOne(ways)]);
}

function inOneOf(fields: readonly FieldName[], value: string): Json {
  return anyOne(fields.map((field) => patternClause(field, value)));
}

/** By far cheaper than a pattern; but it knows the two cases of ASCII's letters only. */
function idClause(field: FieldName, id: string, open: boolean): Json {
  if (!ASCII.test(id)) return patternClause(field, `${id.replace(SIGNS, '\\$&')}${open ? '.*' : ''}`);
  return { [open ? 'prefix' : 'term']: { [field]: { value: id, case_insensitive: true } } };
}

const ASCII = /^[\0-\x7f]*$/;
const SIGNS = /[^\p{L}\p{N}]/gu;

function patternClause(field: FieldName, value: string): Json {
  return { regexp: { [field]: { value, flags: 'NONE', case_insensitive: true } } };
}

/** Of words, the two signs that join them are all that a pattern could take for its own. */
function literal(word: string): string {
  return word.replace(/[._]/g, '\\$&');
}

function everyOne(filter: readonly Json[]): Json {
  return { bool: { filter } };
}

function anyOne(should: readonly Json[]): Json {
  return { bool: { should, minimum_should_match: 1 } };
}
