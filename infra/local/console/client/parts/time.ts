/** A time of day whose tooltip has the date. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { clockText, dateText } from './time-text.ts';

/** `at` is epoch ms. */
export function Time({ at }: { at: number | null }): VNode {
  return html`<time title=${dateText(at)}>${clockText(at)}</time>`;
}
