/** Faults to cause on purpose: each says what will happen, what should not, and what became of it. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { FaultName, FaultOrder } from '../../../answers.ts';
import type { FaultState } from '../../../view.ts';
import { useOrder } from '../../data/use-order.ts';
import { OrderResult } from '../../parts/order-result.ts';
import { Time } from '../../parts/time.ts';
import { durationText } from '../../parts/time-text.ts';

interface FaultText {
  readonly title: string;
  readonly happens: string;
  readonly must: string;
}

const TEXTS: Readonly<Record<FaultName, FaultText>> = {
  'kill-collector': {
    title: 'Kill a collector',
    happens:
      'A collector process ends in the middle of its work; records wait in the stream and another takes them up.',
    must: 'No record is lost, and none is indexed twice.',
  },
  'kill-detector': {
    title: 'Kill a detector',
    happens:
      'A detector process ends; the next one goes on from the last snapshot and reads again what came since.',
    must: 'No finding is lost or told twice, and caps stay.',
  },
  'kill-instance': {
    title: 'Kill an instance of orders',
    happens: 'A function instance ends; what it was answering fails, and a new instance starts cold.',
    must: 'Its logged lines arrive; all that can be missing is the last second of its counts.',
  },
  'table-down': {
    title: 'Take the limits table down',
    happens:
      'Functions and detectors no longer reach the limits table; it comes back by itself after a while.',
    must: 'Requests go on being answered, and known caps go on being enforced from memory.',
  },
  'table-up': {
    title: 'Bring the limits table back',
    happens: 'The limits table answers again.',
    must: 'Caps that were waiting are written; nothing needs a restart.',
  },
};

export function FaultPanel({ faults, now }: { faults: FaultState; now: number }): VNode {
  const order = useOrder();
  const { tableDown, tableUpAt, happened } = faults;
  const names: readonly FaultName[] = [
    'kill-collector',
    'kill-detector',
    'kill-instance',
    tableDown ? 'table-up' : 'table-down',
  ];
  const cause = (fault: FaultName) => (): void =>
    void order.give('/api/fault', { fault } satisfies FaultOrder);
  return html`<section aria-labelledby="faults">
    <h2 id="faults">Break something <small>and see that nothing is lost</small></h2>
    ${
      tableDown &&
      html`<p class="notice trouble">
        The limits table is down.${tableUpAt !== null && ` It comes back by itself in ${durationText(tableUpAt - now)}.`}
      </p>`
    }
    <ul class="choices">
      ${names.map((name) => {
        const { title, happens, must } = TEXTS[name];
        return html`<li key=${name} class="choice">
          <h3>${title}</h3>
          <p>${happens}</p>
          <p class="quiet">It must hold: ${must}</p>
          <button type="button" aria-disabled=${order.busy} onClick=${cause(name)}>${title}</button>
        </li>`;
      })}
    </ul>
    <${OrderResult} order=${order} />
    <h3>What happened</h3>
    ${
      happened.length === 0
        ? html`<p class="empty">No fault has been caused.</p>`
        : html`<ol class="happened">
            ${happened.map(({ at, what }, index) => html`<li key=${`${at} ${index}`}><${Time} at=${at} /> <span class="log">${what}</span></li>`)}
          </ol>`
    }
  </section>`;
}
