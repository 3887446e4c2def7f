/** The bar over every view: where one can go, whether the page is current, and what time it is there. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Link } from '../data/connection.ts';
import { hashOf, type Route, trailHash } from '../routing/route.ts';
import { clockText } from './time-text.ts';

const LINKS: Readonly<Record<Link, string>> = {
  connecting: 'connecting…',
  live: 'live',
  lost: 'connection lost, reconnecting…',
  garbled: 'the console’s words cannot be read, asking again…',
};

const VIEWS: readonly {
  readonly name: string;
  readonly href: string;
  readonly views: readonly Route['view'][];
}[] = [
  { name: 'Live', href: hashOf({ view: 'live' }), views: ['live'] },
  { name: 'Trail', href: trailHash(), views: ['trail', 'request', 'finding'] },
  { name: 'Caps', href: hashOf({ view: 'caps', tenant: '', client: '' }), views: ['caps'] },
  { name: 'Rules', href: hashOf({ view: 'rules' }), views: ['rules'] },
  { name: 'Health', href: hashOf({ view: 'health' }), views: ['health'] },
];

export interface TopBarProps {
  readonly route: Route;
  readonly link: Link;
  /** Epoch ms of the console; 0 while it is not known. */
  readonly now: number;
  readonly paused: boolean;
  readonly onPause: () => void;
  readonly onAgain: () => void;
}

export function TopBar({ route, link, now, paused, onPause, onAgain }: TopBarProps): VNode {
  const isDown = link === 'lost' || link === 'garbled';
  return html`<header class="top">
    <a class="skip" href=${route.view === 'unknown' ? '#/' : hashOf(route)} onClick=${skipToMain}>Skip to content</a>
    <div class="inner">
      <a class="brand" href="#/">
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 13V5h2v8zm5 0V2h2v11zm5 0V8h2v5z" /></svg>
        Trailgate <small>console</small>
      </a>
      <nav aria-label="Views">
        <ul>
          ${VIEWS.map(
            ({ name, href, views }) => html`<li key=${name}>
              <a href=${href} aria-current=${current(route, views)}>${name}</a>
            </li>`,
          )}
        </ul>
      </nav>
      <div class="state">
        <span role="status" class=${`link ${link}`}>${LINKS[link]}</span>
        ${isDown && html`<button type="button" onClick=${onAgain}>Reconnect now</button>`}
        ${now > 0 && html`<time class="clock">${clockText(now)} UTC</time>`}
        <button type="button" onClick=${onPause}>${paused ? 'Resume' : 'Pause'}</button>
      </div>
    </div>
    ${paused && html`<p class="paused">Paused: live figures stand still. Nothing is lost meanwhile.</p>`}
  </header>`;
}

/** `page` for the view itself, `true` for one that is part of it. */
function current(route: Route, views: readonly Route['view'][]): 'page' | 'true' | undefined {
  if (route.view === views[0]) return 'page';
  return views.includes(route.view) ? 'true' : undefined;
}

// The address says which view is shown, so that the jump must not change it.
function skipToMain(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
