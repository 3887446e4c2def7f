/** One document in whole, over the view it was opened from; Esc closes it and the focus goes back. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { documentAnswer } from '../data/answer-shapes.ts';
import { useAnswer } from '../data/use-answer.ts';
import { AnswerNotice } from './answer-notice.ts';
import { CopyButton } from './copy-button.ts';
import { visibleJson } from './visible-json.ts';

export interface DocumentDialogProps {
  readonly index: string;
  readonly id: string;
  readonly onClose: () => void;
}

export function DocumentDialog({ index, id, onClose }: DocumentDialogProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const shown = useRef<HTMLPreElement>(null);
  const answer = useAnswer(`/api/document?${new URLSearchParams({ index, id })}`, documentAnswer);
  const json = answer.value === undefined ? undefined : visibleJson(answer.value.json);
  useEffect(() => {
    const element = dialog.current;
    // The browser gives the focus back to what opened it, keeps Tab inside and closes on Esc.
    element?.showModal();
    return () => element?.close();
  }, []);
  // A press beside the document is a press on the dialog itself.
  const closeBeside = (event: MouseEvent): void => {
    if (event.target === dialog.current) dialog.current?.close();
  };
  return html`<dialog ref=${dialog} class="document" aria-labelledby="document-heading" onClose=${onClose} onClick=${closeBeside}>
    <div class="inside">
      <div class="section-heading">
        <h2 id="document-heading">Document</h2>
        <span class="row">
          ${json !== undefined && html`<${CopyButton} text=${json} shown=${shown} label="Copy JSON" />`}
          <button type="button" onClick=${() => dialog.current?.close()}>Close</button>
        </span>
      </div>
      <p class="quiet log">${index} · ${id}</p>
      <${AnswerNotice} answer=${answer} what="the document" />
      ${json !== undefined && html`<pre class="json" ref=${shown} role="group" aria-label="JSON of the document" tabindex="0">${json}</pre>`}
    </div>
  </dialog>`;
}
