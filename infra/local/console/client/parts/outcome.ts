/** The outcome of an event: by sign and colour what the word says. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';

export function Outcome({ outcome }: { outcome: string }): VNode {
  const kind = outcome === 'success' || outcome === 'failure' ? outcome : 'unknown';
  return html`<span class=${`outcome ${kind}`}>${outcome || '–'}</span>`;
}
