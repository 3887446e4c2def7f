/** The pages of a search, one after the other; only the last few are kept, so that a huge result stays light. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { DocumentRow, SearchAnswer } from '../../../answers.ts';
import { searchAnswer } from '../../data/answer-shapes.ts';
import { type Answer, useAnswer } from '../../data/use-answer.ts';
import { searchPath, type TrailQuery, writeTrailQuery } from '../../routing/trail-query.ts';

/** Pages in the document at once. */
const KEPT_PAGES = 6;

export interface Pages {
  readonly rows: readonly DocumentRow[];
  readonly total: number;
  readonly exact: boolean;
  /** Rows before the first one shown that were let go. */
  readonly letGo: number;
  readonly hasMore: boolean;
  /** There is at least one page. */
  readonly isAnswered: boolean;
  /** The page that is asked for, or was asked for last. */
  readonly answer: Answer<SearchAnswer>;
  readonly more: () => void;
  readonly refresh: () => void;
}

interface Kept {
  readonly search: string;
  readonly pages: readonly { readonly page: string | null; readonly answer: SearchAnswer }[];
  readonly letGo: number;
}

/** `now` is epoch ms: ranges are counted back from when the search began. */
export function usePages(query: TrailQuery, now: number): Pages {
  const [version, setVersion] = useState(0);
  const search = `${version} ${writeTrailQuery(query)}`;
  const clock = useRef(now);
  clock.current = now;
  const [page, setPage] = useState<{ readonly search: string; readonly page: string | null }>({
    search,
    page: null,
  });
  const asked = page.search === search ? page.page : null;
  const begun = useMemo(() => clock.current, [search]);
  const answer = useAnswer(searchPath(query, begun, asked), searchAnswer, version);
  const [kept, setKept] = useState<Kept>({ search: '', pages: [], letGo: 0 });

  useEffect(() => {
    if (answer.value === undefined) return;
    const value = answer.value;
    setKept((known) => withPage(known, search, asked, value));
  }, [answer.value, search, asked]);

  // Until the first page of another search is there, the rows of the one before would be taken for its own.
  const { pages, letGo } = kept.search === search ? kept : { pages: [], letGo: 0 };
  const last = pages.at(-1)?.answer;
  return {
    rows: useMemo(() => pages.flatMap(({ answer: { rows } }) => rows), [kept, search]),
    total: last?.total ?? 0,
    exact: last?.exact ?? true,
    letGo,
    hasMore: last !== undefined && last.next !== null,
    isAnswered: last !== undefined,
    answer,
    more: () => setPage({ search, page: last?.next ?? null }),
    refresh: () => setVersion((count) => count + 1),
  };
}

function withPage(known: Kept, search: string, page: string | null, answer: SearchAnswer): Kept {
  const before = known.search === search ? known : { pages: [], letGo: 0 };
  const others = before.pages.filter((one) => one.page !== page);
  const pages = page === null ? [{ page, answer }] : [...others, { page, answer }];
  const dropped = pages.slice(0, Math.max(0, pages.length - KEPT_PAGES));
  return {
    search,
    pages: pages.slice(-KEPT_PAGES),
    letGo: (page === null ? 0 : before.letGo) + dropped.reduce((sum, one) => sum + one.answer.rows.length, 0),
  };
}
