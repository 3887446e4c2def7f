/** The command that fills an empty part of the page. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';

export const SCENARIO_COMMAND = 'npm run -s trailgate -- scenario credential-stuffing';

export function HowTo(): VNode {
  return html`<code class="command">${SCENARIO_COMMAND}</code>`;
}
