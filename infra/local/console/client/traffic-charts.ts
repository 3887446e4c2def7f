/** The three charts: requests by outcome, errors, latency. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { TrafficPoint } from '../view.ts';
import { Chart, type ChartSeries } from './chart.ts';
import { HowTo } from './how-to.ts';

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

export function TrafficCharts({ points, now }: { points: readonly TrafficPoint[]; now: number }): VNode {
  const shared = { points, now };
  return html`<section aria-labelledby="traffic">
    <h2 id="traffic">Traffic <small>last 5 minutes, UTC, counted by the instances</small></h2>
    ${
      points.length === 0 &&
      html`<p class="empty">
        No requests in the last five minutes. What the instances answer appears here within seconds: <${HowTo} />
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
