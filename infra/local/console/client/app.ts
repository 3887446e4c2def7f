/** The whole page: bar with the views, troubles of the stack, and the view that the address asks for. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { type LiveState, useLiveState } from './data/live-state.ts';
import { Guarded } from './parts/guarded.ts';
import { Stale } from './parts/stale.ts';
import { TopBar } from './parts/top-bar.ts';
import { ViewHeading } from './parts/view-heading.ts';
import type { Route } from './routing/route.ts';
import { useRoute } from './routing/use-route.ts';
import { CapsView } from './views/caps/caps-view.ts';
import { FindingView } from './views/finding/finding-view.ts';
import { HealthView } from './views/health/health-view.ts';
import { LiveView } from './views/live/live-view.ts';
import { RequestView } from './views/request/request-view.ts';
import { RulesView } from './views/rules/rules-view.ts';
import { TrailView } from './views/trail/trail-view.ts';

export function App(): VNode {
  const live = useLiveState('/events');
  const route = useRoute();
  // While paused the page shows what it showed when it was paused; nothing is lost in the meantime.
  const [frozen, setFrozen] = useState<LiveState>();
  const { state, now } = frozen ?? live;
  const isStale = live.link === 'lost' || live.link === 'garbled';
  return html`
    <${TopBar} route=${route} now=${now} link=${live.link} paused=${frozen !== undefined}
      onPause=${() => setFrozen(frozen === undefined ? live : undefined)} onAgain=${live.again} />
    <main id="main" tabindex="-1" class=${isStale ? 'stale' : ''}>
      ${
        isStale &&
        state !== undefined &&
        html`<${Stale} since=${state.now}>Nothing new has come from the console since then. Live figures are old; the page catches up by itself.<//>`
      }
      ${state?.troubles.map((trouble) => html`<p key=${trouble} class="notice trouble" role="alert">${trouble}</p>`)}
      <${Guarded} key=${route.view}>
        <${View} route=${route} live=${{ state, now }} />
      <//>
    </main>`;
}

interface ViewProps {
  readonly route: Route;
  readonly live: Pick<LiveState, 'state' | 'now'>;
}

function View({ route, live: { state, now } }: ViewProps): VNode {
  switch (route.view) {
    case 'live':
      return state === undefined
        ? html`<${Waiting} title="Live" />`
        : html`<${LiveView} state=${state} now=${now} />`;
    case 'trail':
      return html`<${TrailView} query=${route.query} newest=${state?.trail[0]?.cursor ?? 0} now=${now} />`;
    case 'request':
      return html`<${RequestView} key=${route.id} id=${route.id} />`;
    case 'finding':
      return html`<${FindingView} key=${`${route.index}/${route.id}`} index=${route.index} id=${route.id}
        state=${state} now=${now} />`;
    case 'caps':
      return state === undefined
        ? html`<${Waiting} title="Caps" />`
        : html`<${CapsView} state=${state} now=${now} tenant=${route.tenant} client=${route.client} />`;
    case 'rules':
      return html`<${RulesView} findings=${state?.findings ?? []} />`;
    case 'health':
      return state === undefined
        ? html`<${Waiting} title="Health" />`
        : html`<${HealthView} state=${state} now=${now} />`;
    case 'unknown':
      return html`<${ViewHeading} title="No such view" />
        <p class="empty">
          The console has no view at <code class="log">${route.path}</code>. <a href="#/">Go to the live view</a>
        </p>`;
  }
}

function Waiting({ title }: { title: string }): VNode {
  return html`<${ViewHeading} title=${title} />
    <p class="empty">Waiting for the console’s first answer.</p>`;
}
