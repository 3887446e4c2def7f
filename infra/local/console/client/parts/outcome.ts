/** The outcome of an event: by sign and colour what the word says. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';

export interface OutcomeProps {
  readonly outcome: string;
  /** HTTP; null where there is none. */
  readonly status?: number | null;
}

export function Outcome({ outcome, status = null }: OutcomeProps): VNode {
  // The function did its part by refusing: no failure of its own, and no success to mark either.
  const isRefusal = outcome === 'success' && status !== null && status >= 400;
  const kind = !isRefusal && (outcome === 'success' || outcome === 'failure') ? outcome : 'unknown';
  return html`<span class=${`outcome ${kind}`}>${outcome || '–'}</span>`;
}
