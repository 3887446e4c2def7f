/** Documents of the index as rows: what happened, who, where, and ways on from there. */
import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';
import type { DocumentRow, Filter } from '../../answers.ts';
import { hashOf } from '../routing/route.ts';
import { Outcome } from './outcome.ts';
import { Time } from './time.ts';
import { numberText } from './time-text.ts';

export interface DocumentTableProps {
  readonly rows: readonly DocumentRow[];
  /** Id of the heading that names the table. */
  readonly labelledBy: string;
  /** The address of the search that is held to one more value. */
  readonly filtered: (filter: Filter, value: string) => string;
  readonly onOpen: (row: DocumentRow) => void;
}

const COLUMNS = ['Time', 'Event', 'Outcome', 'Who', 'Source', 'Route', 'Took', 'More'] as const;

export function DocumentTable({ rows, labelledBy, filtered, onOpen }: DocumentTableProps): VNode {
  return html`<div class="scroll wide" role="group" aria-labelledby=${labelledBy} tabindex="0">
    <table role="table" aria-labelledby=${labelledBy}>
      <thead role="rowgroup">
        <tr role="row">
          ${COLUMNS.map((name) => html`<th key=${name} role="columnheader" scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map((row) => html`<${Row} key=${`${row.index}/${row.id}`} row=${row} filtered=${filtered} onOpen=${onOpen} />`)}
      </tbody>
    </table>
  </div>`;
}

type RowProps = Pick<DocumentTableProps, 'filtered' | 'onOpen'> & { readonly row: DocumentRow };

function Row({ row, filtered, onOpen }: RowProps): VNode {
  const only = (filter: Filter, value: string, before = ''): ComponentChildren =>
    value !== '' &&
    html`<${Only} name=${filter} value=${value} before=${before} href=${filtered(filter, value)} />`;
  return html`<tr role="row">
    <td role="cell" data-label="Time"><${Time} at=${row.at} /></td>
    <td role="cell" data-label="Event">
      <span class="cell">
        ${row.action === '' ? html`<span class="log">${row.message || '–'}</span>` : only('action', row.action)}
        ${row.count > 1 && html` <b class="number" title="events that this row stands for">×${row.count}</b>`}
        ${row.action !== '' && row.message !== '' && html`<span class="second log">${row.message}</span>`}
        <span class="second">${only('kind', row.kind)} ${only('level', row.level)}</span>
      </span>
    </td>
    <td role="cell" data-label="Outcome">
      <span class="cell">
        ${
          row.outcome === ''
            ? row.status === null && '–'
            : html`<a class="value" href=${filtered('outcome', row.outcome)} title="Only this outcome"><${Outcome} outcome=${row.outcome} status=${row.status} /></a>`
        }
        ${row.status !== null && html`<span class="second number">${row.status}</span>`}
      </span>
    </td>
    <td role="cell" data-label="Who">
      <span class="cell">
        ${row.principal === '' && row.user === '' && row.tenant === '' && '–'}
        ${only('principal', row.principal)}
        <span class="second">${only('user', row.user, 'user ')}</span>
        <span class="second">${only('tenant', row.tenant, 'tenant ')}</span>
      </span>
    </td>
    <td role="cell" data-label="Source">${row.source === '' ? '–' : only('source', row.source)}</td>
    <td role="cell" data-label="Route">
      <span class="cell">
        ${row.route === '' && row.service === '' && '–'}
        ${only('route', row.route)}
        <span class="second">${only('service', row.service)}</span>
      </span>
    </td>
    <td role="cell" data-label="Took" class="number">${row.durationMs === null ? '–' : `${numberText(row.durationMs)} ms`}</td>
    <td role="cell" data-label="More">
      <span class="more">
        ${row.kind === 'finding' && html`<a href=${hashOf({ view: 'finding', index: row.index, id: row.id })}>Finding</a>`}
        ${row.correlation !== '' && html`<a href=${hashOf({ view: 'request', id: row.correlation })}>Request</a>`}
        <button type="button" class="plain" onClick=${() => onOpen(row)}>Document</button>
      </span>
    </td>
  </tr>`;
}

interface OnlyProps {
  readonly name: Filter;
  readonly value: string;
  readonly before: string;
  readonly href: string;
}

/** A value that the search can be held to. */
function Only({ name, value, before, href }: OnlyProps): VNode {
  return html`<a class="value log" href=${href} title=${`Only this ${name}`}>${before}${value}</a>`;
}
