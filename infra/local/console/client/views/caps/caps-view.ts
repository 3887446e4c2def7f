/** The caps that hold now and what an operator decides about them. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { ConsoleState } from '../../../view.ts';
import { CapCard } from '../../parts/cap-card.ts';
import { ViewHeading } from '../../parts/view-heading.ts';
import { CapActions } from './cap-actions.ts';
import { CapOrderForm } from './cap-order-form.ts';

export interface CapsViewProps {
  readonly state: ConsoleState;
  /** Epoch ms. */
  readonly now: number;
  /** Whom the form below is about; empty for nobody yet. */
  readonly tenant: string;
  readonly client: string;
}

export function CapsView({ state, now, tenant, client }: CapsViewProps): VNode {
  const [done, setDone] = useState('');
  const active = state.caps.filter((cap) => cap.end > now);
  const draft = { tenant, client, decision: 'block', rate: '1', minutes: '15', why: '' } as const;
  // A form that has done its work begins anew.
  const [sent, setSent] = useState(0);
  return html`
    <${ViewHeading} title="Caps" lead="Detectors lower what a client may do, with an end; every function reads it within two seconds. An operator’s decision always wins over them, and ends by itself too." />
    <p role="status" class=${done === '' ? 'unseen' : 'notice said'}>${done}</p>
    <section aria-labelledby="caps">
      <h2 id="caps">Active caps <small>${active.length}</small></h2>
      ${
        active.length === 0
          ? html`<p class="empty">Nobody is capped: every client may do what the base limit allows.</p>`
          : html`<ul class="cards grid">
              ${active.map(
                (cap) => html`<li key=${cap.key}>
                  <${CapCard} cap=${cap} now=${now}><${CapActions} cap=${cap} onDone=${setDone} /><//>
                </li>`,
              )}
            </ul>`
      }
    </section>
    <section aria-labelledby="by-hand">
      <h2 id="by-hand">Decide about a client by hand</h2>
      <div class="card">
        <${CapOrderForm} key=${`${sent} ${tenant} ${client}`} name="by-hand" asksWho draft=${draft}
          onDone=${(sentence: string) => {
            setDone(sentence);
            setSent(sent + 1);
          }} />
      </div>
    </section>`;
}
