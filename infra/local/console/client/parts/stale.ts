/** Says that what is shown is not what is: from when it is, and why. */
import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';
import { clockText, dateText } from './time-text.ts';

export interface StaleProps {
  /** Epoch ms at which it was current. */
  readonly since: number;
  readonly children?: ComponentChildren;
}

export function Stale({ since, children }: StaleProps): VNode {
  return html`<p class="notice stale">
    <b>As of <time title=${dateText(since)}>${clockText(since)}</time> UTC.</b> ${children}
  </p>`;
}
