/** Health of the pipeline: its own figures, the ledger of what it delivered, its instances, and faults to cause. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { ConsoleState, HealthRow, StackFacts } from '../../../view.ts';
import { numberText, wholeText } from '../../parts/time-text.ts';
import { ViewHeading } from '../../parts/view-heading.ts';
import { DeliveryLedger } from './delivery-ledger.ts';
import { FaultPanel } from './fault-panel.ts';

export function HealthView({ state, now }: { state: ConsoleState; now: number }): VNode {
  return html`
    <${ViewHeading} title="Pipeline health" lead="What the pipeline says of itself, and whether everything that was written has arrived." />
    <div class="pair">
      <${DeliveryLedger} state=${state} now=${now} />
      <${Instances} facts=${state.facts} />
    </div>
    <${Figures} rows=${state.health} />
    <${FaultPanel} faults=${state.faults} now=${now} />`;
}

function Figures({ rows }: { rows: readonly HealthRow[] }): VNode {
  return html`<section aria-labelledby="figures">
    <h2 id="figures">Figures <small>as CloudWatch has them</small></h2>
    ${
      rows.length === 0
        ? html`<p class="empty">The pipeline has not measured itself yet: figures come with the first records.</p>`
        : html`<div class="scroll wide" role="group" aria-labelledby="figures" tabindex="0">
            <table role="table" aria-labelledby="figures">
              <thead role="rowgroup">
                <tr role="row">
                  ${['Figure', 'Now', 'State', 'Expected'].map((name) => html`<th key=${name} role="columnheader" scope="col">${name}</th>`)}
                </tr>
              </thead>
              <tbody role="rowgroup">
                ${rows.map((row) => html`<${Figure} key=${row.metric} row=${row} />`)}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

const STATE_NAMES = { success: 'as expected', failure: 'look here', unknown: 'no figure yet' } as const;

function stateOf({ value, ok }: HealthRow): keyof typeof STATE_NAMES {
  if (!ok) return 'failure';
  return value === null ? 'unknown' : 'success';
}

function Figure({ row }: { row: HealthRow }): VNode {
  const { metric, label, value, unit, expected } = row;
  return html`<tr role="row">
    <td role="cell" data-label="Figure"><span class="cell">${label}<code class="second log">${metric}</code></span></td>
    <td role="cell" data-label="Now" class="number">${valueText(value, unit)}</td>
    <td role="cell" data-label="State"><span class=${`outcome ${stateOf(row)}`}>${STATE_NAMES[stateOf(row)]}</span></td>
    <td role="cell" data-label="Expected"><span class="log">${expected || 'any'}</span></td>
  </tr>`;
}

function valueText(value: number | null, unit: HealthRow['unit']): string {
  if (value === null) return '–';
  switch (unit) {
    case 'ms':
      return `${numberText(value)} ms`;
    case 'bytes':
      return value >= 1_000_000 ? `${numberText(value / 1_000_000)} MB` : `${numberText(value / 1_000)} kB`;
    case 'count':
      return Number.isInteger(value) ? wholeText(value) : numberText(value);
  }
}

function Instances({ facts: { instances, pipeline } }: { facts: StackFacts }): VNode {
  return html`<section aria-labelledby="instances">
    <h2 id="instances">Function instances <small>${instances.length}</small></h2>
    <p class="verdict">${wholeText(pipeline.lag)} records wait in the stream.</p>
    ${
      instances.length === 0
        ? html`<p class="empty">None yet: a function starts with its first request.</p>`
        : html`<div class="scroll roll" role="group" aria-labelledby="instances" tabindex="0">
            <table aria-labelledby="instances">
              <thead>
                <tr><th scope="col">Function</th><th scope="col">Process</th><th scope="col">State</th></tr>
              </thead>
              <tbody>
                ${instances.map(
                  ({ functionName, pid, state }) => html`<tr key=${pid}>
                    <th scope="row" class="log">${functionName}</th><td class="number">${pid}</td><td>${state}</td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}
