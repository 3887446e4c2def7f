/** Copies a text that the page shows. */
import { html } from 'htm/preact';
import type { RefObject, VNode } from 'preact';
import { useState } from 'preact/hooks';

export interface CopyButtonProps {
  readonly text: string;
  /** The element that shows the text. */
  readonly shown: RefObject<HTMLElement>;
  readonly label?: string;
}

export function CopyButton({ text, shown, label = 'Copy' }: CopyButtonProps): VNode {
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('copied');
    } catch {
      // Browsers may refuse; the selection lets the reader copy by hand.
      if (shown.current !== null) getSelection()?.selectAllChildren(shown.current);
      setSaid('selected: press Ctrl+C');
    }
  };
  return html`<button type="button" onClick=${copy}>${label}</button>
    <span role="status" class="quiet">${said}</span>`;
}
