/** The security trail as it arrives, newest event first. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { TrailRow } from '../../../view.ts';
import { Outcome } from '../../parts/outcome.ts';
import { Time } from '../../parts/time.ts';
import { hashOf, trailHash } from '../../routing/route.ts';

const COLUMNS = ['Time', 'Action', 'Outcome', 'Principal', 'User', 'Source', 'Route', 'Count'] as const;
/** The rest is one click away, in the trail. */
const SHOWN = 40;

export function TrailTable({ rows }: { rows: readonly TrailRow[] }): VNode {
  return html`<section aria-labelledby="trail">
    <div class="section-heading">
      <h2 id="trail">Security trail <small>newest ${SHOWN}</small></h2>
      <a href=${trailHash()}>Search the trail</a>
    </div>
    ${
      rows.length === 0
        ? html`<p class="empty">
            No security events yet. Logins, rejected tokens, denied accesses and refused requests appear here as they are
            logged: start something above.
          </p>`
        : html`<div class="scroll" role="group" aria-labelledby="trail" tabindex="0"><${Rows} rows=${rows} /></div>`
    }
  </section>`;
}

// Roles are explicit because narrow screens show rows as cards, and a table that is no longer laid out as one
// loses its meaning to screen readers.
function Rows({ rows }: { rows: readonly TrailRow[] }): VNode {
  return useMemo(
    () => html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${COLUMNS.map((name) => html`<th key=${name} role="columnheader" scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.slice(0, SHOWN).map((row) => html`<${Row} key=${row.cursor} row=${row} />`)}
      </tbody>
    </table>`,
    [rows],
  );
}

function Row({ row }: { row: TrailRow }): VNode {
  return html`<tr role="row">
    <td role="cell" data-label="Time">
      ${
        row.correlation === ''
          ? html`<${Time} at=${row.at} />`
          : html`<a href=${hashOf({ view: 'request', id: row.correlation })} title="Follow this request">
              <${Time} at=${row.at} />
            </a>`
      }
    </td>
    <td role="cell" data-label="Action">${row.action}</td>
    <td role="cell" data-label="Outcome"><${Outcome} outcome=${row.outcome} /></td>
    ${(['principal', 'user', 'source', 'route'] as const).map(
      (field) => html`<td key=${field} role="cell" data-label=${field} class="log">${row[field] || '–'}</td>`,
    )}
    <td role="cell" data-label="Count" class="number">${row.count}</td>
  </tr>`;
}
