/** The search contract in its plainest form: every document is looked at, every time. What engines find is compared with it. */
import { IndexQueryError } from '../../infra/local/index/index-query-error.ts';
import type {
  FoundDocument,
  IndexQuery,
  IndexResult,
  IndexSearch,
} from '../../infra/local/index/index-search.ts';
import { searchTerms } from '../../infra/local/index/search-terms.ts';
import { comparedValue, filteredField } from '../../infra/local/index/searched-fields.ts';
import { type SearchedValues, searchedValues } from '../../infra/local/index/searched-values.ts';

type Json = Readonly<Record<string, unknown>>;

export class MemorySearch implements IndexSearch {
  readonly #documents: {
    readonly document: FoundDocument;
    readonly at: number;
    readonly values: SearchedValues;
  }[] = [];

  put(document: FoundDocument): void {
    const json = JSON.parse(document.source) as Json;
    const at = Date.parse(String(json['@timestamp']));
    this.#documents.push({
      document,
      at: Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at,
      values: searchedValues(json),
    });
  }

  async search(query: IndexQuery): Promise<IndexResult> {
    const terms = searchTerms(query.words);
    const { since, until, order, limit, page } = query;
    const [all, any] = [query.equals, query.anyOf].map((asked) =>
      asked.map(({ field, value }) => [field, comparedValue(filteredField(field), value)] as const),
    );
    const holds = (
      [field, value]: readonly [string, string | undefined],
      { filtered }: SearchedValues,
    ): boolean => filtered.some(([one, its]) => one === field && its === value);
    const found = this.#documents
      .map((one, arrival) => ({ ...one, arrival }))
      .filter(
        ({ document, at, values }) =>
          terms !== undefined &&
          (query.channel === 'all' || document.index.startsWith(`${query.channel}-`)) &&
          (since === undefined || at >= since) &&
          (until === undefined || (at <= until && at !== Number.NEGATIVE_INFINITY)) &&
          all?.every((one) => holds(one, values)) &&
          (any?.length === 0 || any?.some((one) => holds(one, values))) &&
          terms.every(({ typed, open }) => holdsTerm(typed, open, values)),
      )
      .sort((a, b) => a.at - b.at || a.arrival - b.arrival);
    if (order === 'newest') found.reverse();
    const from = page === undefined ? 0 : 1 + found.findIndex(({ arrival }) => String(arrival) === page);
    if (page !== undefined && from === 0)
      throw new IndexQueryError('page: expected what an answer gave as next');
    return {
      documents: found.slice(from, from + limit).map(({ document }) => document),
      total: Math.min(found.length, 10_000),
      exact: found.length <= 10_000,
      next: found.length > from + limit ? String(found[from + limit - 1]?.arrival) : null,
    };
  }

  async get(index: string, id: string): Promise<FoundDocument | undefined> {
    return this.#documents.find(({ document }) => document.index === index && document.id === id)?.document;
  }
}

const WORD = /[0-9a-zà-öø-ÿά-ώ]/;
const LETTER = /\p{Script=Han}/u;

/** Of the scripts that the tests use, by a reading of its own. */
function holdsTerm(
  typed: string,
  open: boolean,
  { names, ids, prose, lettered, filtered }: SearchedValues,
): boolean {
  const letters = [...typed].filter((one) => LETTER.test(one));
  const lower = (text: string): string => text.toLowerCase().replaceAll('ς', 'σ');
  if (!letters.every((letter) => [...prose, ...lettered].some((text) => text.includes(letter)))) return false;
  const words = wordsOf(typed);
  if (words.length === 0) return true;
  const isIn = (values: readonly string[], part: string, open: boolean): boolean =>
    values.some((value) => occurs(lower(value), part, open));
  const inProse = joinedWords(typed).every((word, at, all) =>
    isIn(prose, word, open && at === all.length - 1),
  );
  const id = typed.replace(/^[^0-9a-zà-öø-ÿά-ώ漢字]+|[^0-9a-zà-öø-ÿά-ώ漢字]+$/g, '');
  return (
    inProse ||
    ids.some((its) => lower(its) === id || (open && lower(its).startsWith(id))) ||
    names.some((name) => isPhrase(wordsOf(lower(name)), words, open)) ||
    filtered.some(
      ([field, value]) =>
        (field === 'http.response.status_code' && value === typed) ||
        (field === 'source.ip' &&
          (value === comparedValue(field, typed) ||
            (open && typed.includes('.') && value.startsWith(typed)))),
    )
  );
}

function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let inside = false;
  for (const character of text) {
    if (!WORD.test(character)) inside = false;
    else if (inside) words.push(`${words.pop()}${character}`);
    else inside = words.push(character) > 0;
  }
  return words;
}

function isPhrase(name: readonly string[], words: readonly string[], open: boolean): boolean {
  return name.some((_, from) =>
    words.every((word, at) => {
      const its = name[from + at];
      return its === word || (open && at === words.length - 1 && its?.startsWith(word) === true);
    }),
  );
}

/** Words with what stands between them where that joins them. */
function joinedWords(typed: string): readonly string[] {
  return typed
    .split(
      /(?<![0-9])\.(?![0-9a-z])|(?<=[0-9])\.(?![0-9])|(?<=[a-z])\.(?![a-z])|(?<![0-9a-z])\.|(?<![0-9a-z])_|_(?![0-9a-z])/,
    )
    .flatMap((part) => part.split(/[^0-9a-zà-öø-ÿά-ώ._]+/))
    .filter(Boolean);
}

/** Whether the part stands in the text between two borders of words. */
function occurs(text: string, part: string, open: boolean): boolean {
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) {
    const after = text[at + part.length] ?? ' ';
    if (!WORD.test(text[at - 1] ?? ' ') && (open || !WORD.test(after))) return true;
  }
  return false;
}
