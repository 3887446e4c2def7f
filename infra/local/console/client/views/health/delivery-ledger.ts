/** The ledger of the delivery: that nothing is lost can be seen, kind by kind, while faults happen. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { ConsoleState } from '../../../view.ts';
import { wholeText } from '../../parts/time-text.ts';
import { type LedgerLine, ledgerOf } from './ledger.ts';

const COLUMNS = ['Kind of record', 'Written', 'Indexed', 'On the way'] as const;

export function DeliveryLedger({ state, now }: { state: ConsoleState; now: number }): VNode {
  const moved = useRef({ indexed: -1, at: now });
  const ledger = ledgerOf(state, now - moved.current.at);
  if (ledger.total.indexed !== moved.current.indexed || ledger.missing === 0) {
    moved.current = { indexed: ledger.total.indexed, at: now };
  }
  return html`<section aria-labelledby="delivery">
    <h2 id="delivery">Delivery</h2>
    <p class=${ledger.isAmiss ? 'verdict amiss' : 'verdict'}>${ledger.verdict}</p>
    <div class="scroll" role="group" aria-labelledby="delivery" tabindex="0">
      <table aria-labelledby="delivery">
        <thead>
          <tr>${COLUMNS.map((name) => html`<th key=${name} scope="col">${name}</th>`)}</tr>
        </thead>
        <tbody>
          ${ledger.lines.map((line) => html`<${Line} key=${line.kind} line=${line} />`)}
        </tbody>
        <tfoot><${Line} line=${ledger.total} /></tfoot>
      </table>
    </div>
    <p class="quiet">In quarantine: ${wholeText(ledger.quarantined)}. Documents that are no JSON: ${wholeText(state.unreadable)}.</p>
  </section>`;
}

function Line({ line: { kind, written, indexed, onTheWay } }: { line: LedgerLine }): VNode {
  return html`<tr>
    <th scope="row">${kind}</th>
    ${[written, indexed, onTheWay].map((count, index) => html`<td key=${index} class="number">${wholeText(count)}</td>`)}
  </tr>`;
}
