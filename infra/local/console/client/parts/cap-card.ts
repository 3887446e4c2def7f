/** One cap: who may do how much now, why, and how long that still lasts. */
import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';
import type { CapRow, CapState } from '../../view.ts';
import { clockText, dateText, durationText, numberText } from './time-text.ts';

const STATES: Readonly<Record<CapState, string>> = {
  held: 'held',
  rising: 'rising back',
  shadow: 'shadow: refuses nobody',
  overruled: 'overruled by an operator',
  operator: 'set by an operator',
};

const DECISIONS: Readonly<Record<NonNullable<CapRow['decision']>, string>> = {
  allow: 'lifted by an operator',
  set: 'set by an operator',
  block: 'blocked by an operator',
};

export interface CapCardProps {
  readonly cap: CapRow;
  /** Epoch ms. */
  readonly now: number;
  /** What can be done about it. */
  readonly children?: ComponentChildren;
}

export function CapCard({ cap, now, children }: CapCardProps): VNode {
  const left = durationText(cap.end - now);
  const rising = cap.state === 'held' ? `, begins to rise in ${durationText(cap.hold - now)}` : '';
  return html`<div class=${`card cap ${cap.state}`}>
    <div class="card-head">
      <strong class="log">${cap.client}</strong>
      <span class=${`badge ${cap.decision ?? cap.state}`}>
        ${cap.decision === undefined ? STATES[cap.state] : DECISIONS[cap.decision]}
      </span>
    </div>
    <p>
      <b>${numberText(cap.rate)}</b> of ${numberText(cap.base)} requests/s on
      ${cap.cls === '*' ? ' all routes' : html` class <code class="log">${cap.cls}</code>`}
      <span class="quiet log"> · ${cap.rule} · tenant ${cap.tenant}</span>
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
    ${children}
  </div>`;
}
