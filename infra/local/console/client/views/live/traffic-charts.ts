/** The three charts: requests by outcome, errors, latency, with what the loop did meanwhile drawn into each. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { type ConsoleState, WINDOW_SECONDS } from '../../../view.ts';
import { Chart, type ChartSeries } from '../../parts/chart.ts';
import type { ChartMarks } from '../../parts/chart-marks.ts';
import { type CapSpan, capSpans } from './cap-spans.ts';

const OUTCOMES: readonly ChartSeries[] = [
  { field: 'answered', label: 'answered', dash: [] },
  { field: 'rejected', label: 'rejected (4xx)', dash: [6, 3] },
  { field: 'refused', label: 'refused (429)', dash: [2, 2] },
];
const ERRORS: readonly ChartSeries[] = [{ field: 'errors', label: 'failed (5xx)', dash: [] }];
const LATENCY: readonly ChartSeries[] = [
  { field: 'p50', label: 'median', dash: [] },
  { field: 'p95', label: '95th percentile', dash: [6, 3] },
];

export function TrafficCharts({ state, now }: { state: ConsoleState; now: number }): VNode {
  const { points, findings, caps } = state;
  const known = useRef<readonly CapSpan[]>([]);
  const second = Math.floor(now / 1_000);
  const marks = useMemo((): ChartMarks => {
    known.current = capSpans(known.current, caps, now);
    const oldest = now - WINDOW_SECONDS * 1_000;
    return {
      findings: findings.flatMap(({ at }) => (at !== null && at > oldest ? [at] : [])),
      caps: known.current,
    };
  }, [findings, caps, second]);
  const shared = { points, marks, now };
  return html`<section aria-labelledby="traffic">
    <div class="section-heading">
      <h2 id="traffic">Traffic <small>last 5 minutes, UTC, counted by the instances</small></h2>
      <p class="marks">
        <span><svg viewBox="0 0 10 10" aria-hidden="true"><path class="mark-finding" d="M0 0h10L5 10z" /></svg>
          ${countText(marks.findings.length, 'finding')}</span>
        <span><svg viewBox="0 0 20 10" aria-hidden="true"><path class="mark-cap" d="M0 2h20v6H0z" /></svg>
          ${countText(marks.caps.length, 'cap')}</span>
      </p>
    </div>
    ${
      points.length === 0 &&
      html`<p class="empty">
        No requests in the last five minutes. Start something above: what the instances answer appears here within seconds.
      </p>`
    }
    <div class="charts">
      <${Chart} ...${shared} title="Requests a second" unit="" summary="sum of the last minute" series=${OUTCOMES}
        bridgesGaps=${false} />
      <${Chart} ...${shared} title="Errors a second" unit="" summary="sum of the last minute" series=${ERRORS}
        bridgesGaps=${false} />
      <${Chart} ...${shared} title="Latency" unit=" ms" summary="latest" series=${LATENCY} bridgesGaps=${true} />
    </div>
  </section>`;
}

function countText(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
