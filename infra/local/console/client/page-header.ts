/** Where the API is, how to call it, how the stack is, and whether the page is current. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { ConsoleState } from '../view.ts';
import type { Link } from './connection.ts';
import { clockText } from './time-text.ts';

const LINKS: Readonly<Record<Link, string>> = {
  connecting: 'connecting…',
  live: 'live',
  lost: 'connection lost, reconnecting…',
};

export interface PageHeaderProps {
  readonly state: ConsoleState | undefined;
  readonly link: Link;
  readonly now: number;
  readonly paused: boolean;
  readonly onPause: () => void;
}

export function PageHeader({ state, link, now, paused, onPause }: PageHeaderProps): VNode {
  return html`<header class="page">
    <div class="title">
      <h1>Trailgate <small>console</small></h1>
      <span role="status" class=${`link ${link}`}>${LINKS[link]}</span>
      ${state !== undefined && html`<time class="clock">${clockText(now)} UTC</time>`}
      <button type="button" aria-pressed=${paused} onClick=${onPause}>${paused ? 'Resume' : 'Pause'}</button>
    </div>
    ${state?.troubles.map((trouble) => html`<p key=${trouble} class="trouble" role="alert">${trouble}</p>`)}
    ${state !== undefined && html`<${Stack} state=${state} />`}
  </header>`;
}

function Stack({ state }: { state: ConsoleState }): VNode {
  const { apiUrl, instances, pipeline } = state.facts;
  return html`<dl class="facts">
    ${
      apiUrl !== '' &&
      html`<div class="wide">
        <dt>API</dt>
        <dd><${Curl} command=${`curl -i ${apiUrl.replace(/\/$/, '')}/orders`} /></dd>
      </div>`
    }
    <div>
      <dt>Function instances</dt>
      <dd>
        ${
          instances.length === 0
            ? 'none yet'
            : html`<details>
              <summary>${instances.length}</summary>
              <ul>
                ${instances.map(
                  ({ functionName, pid, state: doing }) =>
                    html`<li key=${pid}>${functionName} <span class="quiet">pid ${pid}, ${doing}</span></li>`,
                )}
              </ul>
            </details>`
        }
      </dd>
    </div>
    <div><dt>Records waiting</dt><dd>${pipeline.lag}</dd></div>
    <div><dt>Quarantined</dt><dd>${pipeline.quarantined}</dd></div>
    ${state.unreadable > 0 && html`<div><dt>Unreadable documents</dt><dd>${state.unreadable}</dd></div>`}
  </dl>`;
}

function Curl({ command }: { command: string }): VNode {
  const text = useRef<HTMLElement>(null);
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(command);
      setSaid('copied');
    } catch {
      // Browsers may refuse; the selection lets the reader copy by hand.
      if (text.current !== null) getSelection()?.selectAllChildren(text.current);
      setSaid('selected: press Ctrl+C');
    }
  };
  return html`<span class="curl">
    <code class="command" ref=${text}>${command}</code>
    <button type="button" onClick=${copy}>Copy</button>
    <span role="status" class="quiet">${said}</span>
  </span>`;
}
