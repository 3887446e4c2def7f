/** The security trail as it arrives, newest event first. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { MAX_TRAIL_ROWS, type TrailRow } from '../view.ts';
import { HowTo } from './how-to.ts';
import { clockText, dateText } from './time-text.ts';

const COLUMNS = ['Time', 'Action', 'Outcome', 'Principal', 'User', 'Source', 'Route', 'Count'] as const;

export function TrailTable({ rows }: { rows: readonly TrailRow[] }): VNode {
  return html`<section aria-labelledby="trail">
    <h2 id="trail">Security trail <small>newest ${MAX_TRAIL_ROWS}</small></h2>
    ${
      rows.length === 0
        ? html`<p class="empty">
            No security events yet. Logins, rejected tokens, denied accesses and refused requests appear here
            as they are logged: <${HowTo} />
          </p>`
        : html`<div class="scroll" role="region" aria-labelledby="trail" tabindex="0">
            <table role="table">
              <thead role="rowgroup">
                <tr role="row">
                  ${COLUMNS.map((name) => html`<th key=${name} role="columnheader" scope="col">${name}</th>`)}
                </tr>
              </thead>
              <tbody role="rowgroup">
                ${rows.map((row) => html`<${Row} key=${row.cursor} row=${row} />`)}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

// Roles are explicit because narrow screens show rows as cards, and a table that is no longer laid out as one
// loses its meaning to screen readers.
function Row({ row }: { row: TrailRow }): VNode {
  const outcome = ['success', 'failure'].includes(row.outcome) ? row.outcome : 'unknown';
  return html`<tr role="row">
    <td role="cell" data-label="Time"><time title=${dateText(row.at)}>${clockText(row.at)}</time></td>
    <td role="cell" data-label="Action">${row.action}</td>
    <td role="cell" data-label="Outcome"><span class=${`outcome ${outcome}`}>${row.outcome || '–'}</span></td>
    ${(['principal', 'user', 'source', 'route'] as const).map(
      (field) => html`<td key=${field} role="cell" data-label=${field} class="log">${row[field] || '–'}</td>`,
    )}
    <td role="cell" data-label="Count" class="number">${row.count}</td>
  </tr>`;
}
