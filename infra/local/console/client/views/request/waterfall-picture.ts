/** The waterfall as a picture; the table below it says the same in words. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { numberText } from '../../parts/time-text.ts';
import { labelOf, type WaterfallLabel } from './waterfall-label.ts';
import type { Lane, PlacedEntry, Waterfall } from './waterfall-layout.ts';

/** CSS pixels. */
const ROW = 22;
const BAR = 14;
const BAR_GAP = 7;
const MARK_GAP = 10;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

export function WaterfallPicture({ waterfall }: { waterfall: Waterfall }): VNode {
  const { lanes, spanMs, timeless } = waterfall;
  return html`<figure class="waterfall">
    <figcaption>
      <h2 id="waterfall">Where the time went</h2>
      <p class="quiet">${summaryOf(waterfall)}</p>
      <ul class="legend-row">
        <li><svg viewBox="0 0 24 12" aria-hidden="true"><rect class="bar" x="1" y="1" width="22" height="10" rx="3" /></svg> took time</li>
        <li><svg viewBox="0 0 12 12" aria-hidden="true"><circle class="mark" cx="6" cy="6" r="4" /></svg> a line</li>
        <li><svg viewBox="0 0 12 12" aria-hidden="true"><path class="mark bad" d="M6 1l5 10H1z" /></svg> failed, refused or an error</li>
      </ul>
    </figcaption>
    <div class="lanes" aria-hidden="true">
      ${lanes.map((lane) => html`<${LaneRow} key=${lane.service} lane=${lane} />`)}
      <div class="lane axis">
        <span></span>
        <svg width="100%" height="18">
          ${TICKS.map(
            (share) => html`<text key=${share} x=${`${share * 100}%`} y="13" text-anchor=${anchorOf(share)}
              class=${share === 0.25 || share === 0.75 ? 'minor' : ''}>${numberText(share * spanMs)} ms</text>`,
          )}
        </svg>
      </div>
    </div>
    ${timeless > 0 && html`<p class="quiet">${timeless} without a time that can be read: in the table only.</p>`}
  </figure>`;
}

function summaryOf({ lanes, spanMs }: Waterfall): string {
  const entries = lanes.reduce((sum, lane) => sum + lane.entries.length, 0);
  const services = lanes.map(({ service }) => service || 'an unnamed service').join(', ');
  return `${numberText(spanMs)} ms in all, ${entries} ${entries === 1 ? 'entry' : 'entries'} of ${services}.`;
}

function anchorOf(share: number): string {
  if (share === 0) return 'start';
  return share === 1 ? 'end' : 'middle';
}

function LaneRow({ lane: { service, rows, entries } }: { lane: Lane }): VNode {
  return html`<div class="lane">
    <span class="log">${service || '–'}</span>
    <svg width="100%" height=${rows * ROW + 4}>
      ${TICKS.map((share) => html`<line key=${share} class="grid" x1=${`${share * 100}%`} x2=${`${share * 100}%`} y1="0" y2="100%" />`)}
      ${entries.map((placed, index) => {
        const isAlone = entries.every((other) => other === placed || other.row !== placed.row);
        return html`<${Shape} key=${index} placed=${placed} label=${labelOf(placed, isAlone)} />`;
      })}
    </svg>
  </div>`;
}

interface ShapeProps {
  readonly placed: PlacedEntry;
  readonly label: WaterfallLabel | undefined;
}

function Shape({ placed, label }: ShapeProps): VNode {
  const { entry, is, left, width, row } = placed;
  const top = row * ROW + (ROW - BAR) / 2 + 2;
  const isBad =
    entry.outcome === 'failure' || /^(?:error|fatal)$/i.test(entry.level) || (entry.status ?? 0) >= 400;
  const title = html`<title>${entry.action || entry.message || entry.route || entry.kind}</title>`;
  if (is === 'bar') {
    return html`<rect class=${isBad ? 'bar bad' : 'bar'} x=${percent(left)} y=${top} width=${percent(width)} height=${BAR} rx="3">${title}</rect>
      <${Label} placed=${placed} label=${label} />`;
  }
  // A nested picture is what lets a shape of fixed size stand at a share of the width.
  return html`<svg x=${percent(left)} y=${top} class="placed">
    ${
      isBad
        ? html`<path class="mark bad" d="M0 1l6 12h-12z">${title}</path>`
        : html`<circle class="mark" cx="0" cy="7" r="4.5">${title}</circle>`
    }
  </svg>
  <${Label} placed=${placed} label=${label} />`;
}

function Label({ placed: { left, width, row, is: shape }, label }: ShapeProps): VNode | null {
  if (label === undefined) return null;
  const { text, is } = label;
  const gap = shape === 'mark' ? MARK_GAP : BAR_GAP;
  return html`<text class=${`label ${is}`} x=${percent(is === 'after' ? left + width : left)} dx=${is === 'before' ? -gap : gap}
    y=${row * ROW + ROW / 2 + 6} text-anchor=${is === 'before' ? 'end' : 'start'}>${text}</text>`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
