/** The first minute: what the reader is looking at and what can be done; put away for the session when it is known. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { ConsoleState } from '../../../view.ts';
import { CopyButton } from '../../parts/copy-button.ts';
import { AttackProgress } from './attack-progress.ts';
import { LoopPicture } from './loop-picture.ts';
import { ScenarioPanel } from './scenario-panel.ts';

const PUT_AWAY = 'trailgate.guide';

export function Guide({ state, now }: { state: ConsoleState; now: number }): VNode {
  const [isOpen, setOpen] = useState(() => remembered() !== 'away');
  const turn = (): void => {
    remember(isOpen ? 'away' : 'open');
    setOpen(!isOpen);
  };
  return html`<section class="guide" aria-labelledby="guide">
    <div class="section-heading">
      <h2 id="guide">The loop</h2>
      <button type="button" aria-expanded=${isOpen} onClick=${turn}>${isOpen ? 'Hide guide' : 'Show guide'}</button>
    </div>
    ${
      isOpen &&
      html`<p class="lead">
          Functions log from inside; a pipeline turns that into business data and a security trail, finds abuse, and
          writes lower caps that the same functions enforce seconds later.
        </p>`
    }
    <${LoopPicture} state=${state} now=${now} />
    <${AttackProgress} state=${state} now=${now} />
    ${
      isOpen &&
      html`<${ScenarioPanel} play=${state.play} now=${now} />
        ${state.facts.apiUrl !== '' && html`<${CallIt} apiUrl=${state.facts.apiUrl} />`}`
    }
  </section>`;
}

function CallIt({ apiUrl }: { apiUrl: string }): VNode {
  const shown = useRef<HTMLElement>(null);
  const command = `curl -i ${apiUrl.replace(/\/$/, '')}/orders`;
  return html`<p class="curl">
    <span class="quiet">Or call the API yourself:</span>
    <code class="command" ref=${shown}>${command}</code>
    <${CopyButton} text=${command} shown=${shown} />
  </p>`;
}

function remembered(): string | null {
  try {
    return sessionStorage.getItem(PUT_AWAY);
  } catch {
    // A browser that stores nothing shows the guide.
    return null;
  }
}

function remember(how: 'open' | 'away'): void {
  try {
    sessionStorage.setItem(PUT_AWAY, how);
  } catch {
    // Not remembered then.
  }
}
