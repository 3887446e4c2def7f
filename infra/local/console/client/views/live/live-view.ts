/** The live view: the loop and what can be done with it, traffic, findings, caps and the newest of the trail. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { ConsoleState } from '../../../view.ts';
import { ViewHeading } from '../../parts/view-heading.ts';
import { CapList } from './cap-list.ts';
import { FindingList } from './finding-list.ts';
import { Guide } from './guide.ts';
import { TrafficCharts } from './traffic-charts.ts';
import { TrailTable } from './trail-table.ts';

export function LiveView({ state, now }: { state: ConsoleState; now: number }): VNode {
  return html`
    <${ViewHeading} title="Live" />
    <${Guide} state=${state} now=${now} />
    <${TrafficCharts} state=${state} now=${now} />
    <div class="pair">
      <${FindingList} findings=${state.findings} />
      <${CapList} caps=${state.caps} now=${now} />
    </div>
    <${TrailTable} rows=${state.trail} />`;
}
