/** The command that fills an empty part of the page. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';

const PLAY_COMMAND = 'npm start -- --play credential-stuffing';

export function HowTo(): VNode {
  return html`<code class="command">${PLAY_COMMAND}</code>`;
}
