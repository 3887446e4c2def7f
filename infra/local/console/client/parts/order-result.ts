/** What came of an order: said aloud when it was done, beside its button when it was not. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Order } from '../data/use-order.ts';
import { Time } from './time.ts';

export function OrderResult({ order: { busy, done, at, failure } }: { order: Order }): VNode {
  return html`<div class="order-result">
    <p role="status">
      ${busy && html`<span class="quiet">Being done…</span>`}
      ${done !== '' && html`<span class="quiet"><${Time} at=${at} /></span> <span class="log">${done}</span>`}
    </p>
    ${
      failure !== undefined &&
      html`<p class="notice failure" role="alert">
        <b>It was not done.</b> <span class="log">${failure.message}</span>
      </p>`
    }
  </div>`;
}
