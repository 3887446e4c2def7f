/** The whole page: header, traffic, caps and findings, trail. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { CapList } from './cap-list.ts';
import { FindingList } from './finding-list.ts';
import { type LiveState, useLiveState } from './live-state.ts';
import { PageHeader } from './page-header.ts';
import { TrafficCharts } from './traffic-charts.ts';
import { TrailTable } from './trail-table.ts';

export function App(): VNode {
  const live = useLiveState('/events');
  // While paused the page shows what it showed when it was paused; nothing is lost in the meantime.
  const [frozen, setFrozen] = useState<LiveState>();
  const { state, now } = frozen ?? live;
  return html`
    <${PageHeader} state=${state} now=${now} link=${live.link} paused=${frozen !== undefined}
      onPause=${() => setFrozen(frozen === undefined ? live : undefined)} />
    <main class=${live.link === 'lost' ? 'stale' : ''}>
      ${
        state === undefined
          ? html`<p class="empty">Waiting for the console's first answer.</p>`
          : html`
            <${TrafficCharts} points=${state.points} now=${now} />
            <div class="pair">
              <${CapList} caps=${state.caps} now=${now} />
              <${FindingList} findings=${state.findings} />
            </div>
            <${TrailTable} rows=${state.trail} />`
      }
    </main>`;
}
