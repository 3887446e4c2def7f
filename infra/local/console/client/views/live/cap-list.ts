/** Active caps: who may do how much now, and how long that still lasts. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { CapRow } from '../../../view.ts';
import { CapCard } from '../../parts/cap-card.ts';
import { hashOf } from '../../routing/route.ts';

const SHOWN = 30;

export function CapList({ caps, now }: { caps: readonly CapRow[]; now: number }): VNode {
  const active = caps.filter((cap) => cap.end > now);
  return html`<section aria-labelledby="caps">
    <div class="section-heading">
      <h2 id="caps">Active caps <small>${active.length}</small></h2>
      <a href=${hashOf({ view: 'caps', tenant: '', client: '' })}>Lift, set or block</a>
    </div>
    ${
      active.length === 0
        ? html`<p class="empty">Nobody is capped. A finding that asks for a cap puts it here, with the time left.</p>`
        : html`<div class="roll" role="group" aria-labelledby="caps" tabindex="0">
            <ul class="cards">
              ${active
                .slice(0, SHOWN)
                .map((cap) => html`<li key=${cap.key}><${CapCard} cap=${cap} now=${now} /></li>`)}
            </ul>
          </div>`
    }
  </section>`;
}
