/** Keeps the rest of the page alive when a part of it cannot be drawn, and says so in its place. */
import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';
import { useErrorBoundary } from 'preact/hooks';

export function Guarded({ children }: { children?: ComponentChildren }): VNode {
  const [error, forget] = useErrorBoundary((reason) => console.error(reason));
  if (error === undefined) return html`<div class="view">${children}</div>`;
  return html`<div class="notice failure" role="alert">
    <p>This view could not be drawn: <span class="log">${String(error)}</span></p>
    <button type="button" onClick=${forget}>Draw it again</button>
  </div>`;
}
