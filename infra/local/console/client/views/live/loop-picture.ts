/** The loop as a picture with live figures: what the reader is looking at, in six places and an arrow back. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { ConsoleState } from '../../../view.ts';
import { type LoopPlace, loopPlaces } from './loop-places.ts';

export function LoopPicture({ state, now }: { state: ConsoleState; now: number }): VNode {
  const places = loopPlaces(state, now);
  return html`<div class=${state.play.scenario === null ? 'loop' : 'loop flowing'}>
    <ol class="places" aria-label="The loop, in the order in which what a function logs goes round">
      ${places.map((place, index) => html`<${Place} key=${place.name} place=${place} isLast=${index === places.length - 1} />`)}
    </ol>
    <p class="back">
      <svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
        <path d="M99.5 0v10H0.5V3" vector-effect="non-scaling-stroke" />
      </svg>
      <span>and back: the functions read the lower caps and enforce them within two seconds</span>
    </p>
  </div>`;
}

function Place({ place, isLast }: { place: LoopPlace; isLast: boolean }): VNode {
  const { name, figure, unit, does, href, isAmiss } = place;
  return html`<li class=${isAmiss ? 'place amiss' : 'place'}>
    <a href=${href}>${name}</a>
    <p><b class="figure">${figure}</b> <span class="unit">${unit}</span></p>
    <p class="does">${does}</p>
    ${
      !isLast &&
      html`<svg class="arrow" viewBox="0 0 16 12" aria-hidden="true"><path d="M1 6h12M9 2l4 4-4 4" /></svg>`
    }
  </li>`;
}
