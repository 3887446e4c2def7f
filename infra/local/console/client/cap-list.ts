/** Active caps: who may do how much now, and how long that still lasts. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { CapRow, CapState } from '../view.ts';
import { HowTo } from './how-to.ts';
import { clockText, dateText, durationText, numberText } from './time-text.ts';

const STATES: Readonly<Record<CapState, string>> = {
  held: 'held',
  rising: 'rising back',
  shadow: 'shadow: refuses nobody',
  overruled: 'overruled by an operator',
  operator: 'set by an operator',
};

export function CapList({ caps, now }: { caps: readonly CapRow[]; now: number }): VNode {
  const active = caps.filter((cap) => cap.end > now);
  return html`<section aria-labelledby="caps">
    <h2 id="caps">Active caps <small>${active.length}</small></h2>
    ${
      active.length === 0
        ? html`<p class="empty">
            Nobody is capped. A finding that asks for a cap puts it here, with the time left: <${HowTo} />
          </p>`
        : html`<ul class="cards" role="region" aria-labelledby="caps" tabindex="0">
            ${active.map((cap) => html`<${Cap} key=${cap.key} cap=${cap} now=${now} />`)}
          </ul>`
    }
  </section>`;
}

function Cap({ cap, now }: { cap: CapRow; now: number }): VNode {
  const left = durationText(cap.end - now);
  const rising = cap.state === 'held' ? `, begins to rise in ${durationText(cap.hold - now)}` : '';
  return html`<li class="card cap">
    <header>
      <strong class="log">${cap.client}</strong>
      <span class=${`badge ${cap.state}`}>${STATES[cap.state]}</span>
    </header>
    <p>
      <b>${numberText(cap.rate)}</b> of ${numberText(cap.base)} requests/s on
      ${cap.cls === '*' ? ' all routes' : html` class <code>${cap.cls}</code>`}
      <span class="quiet"> · ${cap.rule} · tenant ${cap.tenant}</span>
    </p>
    ${
      cap.from !== null &&
      html`<progress
        max="1"
        value=${Math.min(1, Math.max(0, (cap.end - now) / (cap.end - cap.from)))}
        aria-label=${`Time left of the cap on ${cap.client}`}
        aria-valuetext=${left}
      ></progress>`
    }
    <p class="quiet">${left} left${rising}; over at <time title=${dateText(cap.end)}>${clockText(cap.end)}</time> UTC</p>
  </li>`;
}
