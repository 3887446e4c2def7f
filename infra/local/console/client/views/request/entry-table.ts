/** Every line of a request in time, with what was decided there. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { DocumentRow, RequestEntry } from '../../../answers.ts';
import { Outcome } from '../../parts/outcome.ts';
import { dateText, numberText } from '../../parts/time-text.ts';
import { hashOf } from '../../routing/route.ts';

const COLUMNS = ['After', 'Service', 'Kind', 'What', 'Outcome', 'Took', 'Decision', 'More'] as const;

export interface EntryTableProps {
  readonly entries: readonly RequestEntry[];
  /** Epoch ms of the first beginning; null when it is not known. */
  readonly from: number | null;
  readonly onOpen: (row: DocumentRow) => void;
}

export function EntryTable({ entries, from, onOpen }: EntryTableProps): VNode {
  return html`<div class="scroll wide" role="group" aria-labelledby="entries" tabindex="0">
    <table role="table" aria-labelledby="entries">
      <thead role="rowgroup">
        <tr role="row">${COLUMNS.map((name) => html`<th key=${name} role="columnheader" scope="col">${name}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${entries.map((entry) => html`<${Row} key=${`${entry.index}/${entry.id}`} entry=${entry} from=${from} onOpen=${onOpen} />`)}
      </tbody>
    </table>
  </div>`;
}

function Row({
  entry,
  from,
  onOpen,
}: Omit<EntryTableProps, 'entries'> & { readonly entry: RequestEntry }): VNode {
  const begun = entry.from ?? entry.at;
  const after = begun === null || from === null ? '–' : `${numberText(begun - from)} ms`;
  return html`<tr role="row">
    <td role="cell" data-label="After" class="number"><span title=${dateText(entry.at)}>${after}</span></td>
    <td role="cell" data-label="Service" class="log">${entry.service || '–'}</td>
    <td role="cell" data-label="Kind"><span class="cell">${entry.kind || '–'}<span class="second">${entry.level}</span></span></td>
    <td role="cell" data-label="What">
      <span class="cell">
        <span class="log">${entry.action || entry.message || entry.route || '–'}</span>
        ${entry.action !== '' && entry.message !== '' && html`<span class="second log">${entry.message}</span>`}
        ${(entry.action !== '' || entry.message !== '') && entry.route !== '' && html`<span class="second log">${entry.route}</span>`}
      </span>
    </td>
    <td role="cell" data-label="Outcome">
      <span class="cell">
        ${(entry.outcome !== '' || entry.status === null) && html`<${Outcome} outcome=${entry.outcome} status=${entry.status} />`}
        ${entry.status !== null && html`<span class="second number">${entry.status}</span>`}
      </span>
    </td>
    <td role="cell" data-label="Took" class="number">${entry.durationMs === null ? '–' : `${numberText(entry.durationMs)} ms`}</td>
    <td role="cell" data-label="Decision"><span class="log">${entry.decision || '–'}</span></td>
    <td role="cell" data-label="More">
      <span class="more">
        ${entry.kind === 'finding' && html`<a href=${hashOf({ view: 'finding', index: entry.index, id: entry.id })}>Finding</a>`}
        <button type="button" class="plain" onClick=${() => onOpen(entry)}>Document</button>
      </span>
    </td>
  </tr>`;
}
