/** The trail, searched: words, filters, time, pages of rows, and any document in whole. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import type { DocumentRow, Filter } from '../../../answers.ts';
import { AnswerNotice } from '../../parts/answer-notice.ts';
import { DocumentDialog } from '../../parts/document-dialog.ts';
import { DocumentTable } from '../../parts/document-table.ts';
import { wholeText } from '../../parts/time-text.ts';
import { ViewHeading } from '../../parts/view-heading.ts';
import { trailHash } from '../../routing/route.ts';
import { type TrailQuery, withFilter, writeTrailQuery } from '../../routing/trail-query.ts';
import { FilterChips, SearchForm } from './search-form.ts';
import { type Pages, usePages } from './use-pages.ts';

export interface TrailViewProps {
  readonly query: TrailQuery;
  /** Cursor of the newest event that the page has heard of. */
  readonly newest: number;
  /** Epoch ms; 0 while the console's clock is not known. */
  readonly now: number;
}

export function TrailView({ query, newest, now }: TrailViewProps): VNode {
  const pages = usePages(query, now > 0 ? now : Date.now());
  const [opened, setOpened] = useState<DocumentRow>();
  const address = writeTrailQuery(query);
  const filtered = useCallback(
    (filter: Filter, value: string) => trailHash(withFilter(query, filter, value)),
    [address],
  );
  // What had been heard of when the first page came.
  const heard = useRef({ at: 0, newest });
  const firstAt = pages.isAnswered ? (pages.answer.at ?? 0) : 0;
  if (pages.rows.length === 0 || heard.current.at === 0) heard.current = { at: firstAt, newest };
  const table = useMemo(
    () =>
      html`<${DocumentTable} rows=${pages.rows} labelledBy="results" filtered=${filtered} onOpen=${setOpened} />`,
    [pages.rows, filtered],
  );
  const refresh = (): void => {
    heard.current = { at: 0, newest };
    pages.refresh();
  };
  return html`
    <${ViewHeading} title="Trail" lead="Everything the functions said, newest first. Click a value to see only what shares it." />
    <${SearchForm} query=${query} />
    <${FilterChips} query=${query} />
    <section aria-labelledby="results">
      <div class="section-heading">
        <h2 id="results">Results <small role="status">${countOf(pages)}</small></h2>
        <span class="row">
          ${newest > heard.current.newest && pages.isAnswered && html`<span class="quiet">New events have arrived.</span>`}
          <button type="button" onClick=${refresh}>Refresh</button>
        </span>
      </div>
      <${AnswerNotice} answer=${pages.answer} what="the documents" />
      ${pages.isAnswered && (pages.rows.length === 0 ? html`<${Nothing} query=${query} />` : table)}
      <${PageEnd} pages=${pages} onFirst=${refresh} />
    </section>
    ${
      opened !== undefined &&
      html`<${DocumentDialog} key=${opened.id} index=${opened.index} id=${opened.id} onClose=${() => setOpened(undefined)} />`
    }`;
}

function countOf({ isAnswered, total, exact }: Pages): string {
  if (!isAnswered) return '';
  const count = exact ? wholeText(total) : `more than ${wholeText(total)}`;
  return `${count} ${exact && total === 1 ? 'document' : 'documents'}`;
}

function Nothing({ query }: { query: TrailQuery }): VNode {
  return html`<div class="empty">
    <p>No document matches.</p>
    ${
      writeTrailQuery(query) === ''
        ? html`<p>The trail is empty as yet: <a href="#/">let something happen</a>.</p>`
        : html`<p>Ask for less: <a href=${trailHash()}>the whole trail</a>, or <a href=${trailHash({ channel: 'all' })}>all channels</a>.</p>`
    }
  </div>`;
}

function PageEnd({ pages, onFirst }: { pages: Pages; onFirst: () => void }): VNode | null {
  const { rows, letGo, hasMore, answer, more } = pages;
  if (rows.length === 0) return null;
  const last = letGo + rows.length;
  return html`<p class="row page-end">
    ${hasMore && html`<button type="button" class="strong" aria-disabled=${answer.waiting} onClick=${more}>${answer.waiting ? 'Asking for more…' : 'More'}</button>`}
    <span class="quiet">
      Rows ${wholeText(letGo + 1)} to ${wholeText(last)}${letGo > 0 ? '; the ones before were let go to keep the page quick' : ''}${hasMore ? '' : '; that is all'}.
    </span>
    ${letGo > 0 && html`<button type="button" onClick=${onFirst}>Back to the newest</button>`}
  </p>`;
}
