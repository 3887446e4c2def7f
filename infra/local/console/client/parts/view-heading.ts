/** The heading of a view; it takes the focus when the view is entered, so that the next key press acts there. */
import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';
import { VIEW_HEADING } from '../routing/use-route.ts';

export interface ViewHeadingProps {
  readonly title: string;
  /** What the reader sees here, as a sentence. */
  readonly lead?: string;
  /** What can be done with the whole view. */
  readonly children?: ComponentChildren;
}

export function ViewHeading({ title, lead, children }: ViewHeadingProps): VNode {
  return html`<div class="view-heading">
    <h1 id=${VIEW_HEADING} tabindex="-1" class="log">${title}</h1>
    ${children}
    ${lead !== undefined && html`<p class="lead">${lead}</p>`}
  </div>`;
}
