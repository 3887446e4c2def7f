/** What an operator can do about one cap: a button each, which opens the form that does it. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Decision } from '../../../answers.ts';
import type { CapRow } from '../../../view.ts';
import { CapOrderForm, DECISION_NAMES } from './cap-order-form.ts';

export interface CapActionsProps {
  readonly cap: CapRow;
  readonly onDone: (sentence: string) => void;
}

const OF_DETECTOR: readonly Decision[] = ['allow', 'set', 'block'];
const OF_OPERATOR: readonly Decision[] = ['withdraw', 'allow', 'set', 'block'];

export function CapActions({ cap, onDone }: CapActionsProps): VNode {
  const [decision, setDecision] = useState<Decision>();
  const buttons = useRef<HTMLDivElement>(null);
  const close = (): void => {
    const chosen = decision;
    setDecision(undefined);
    buttons.current?.querySelector<HTMLButtonElement>(`button[value="${chosen}"]`)?.focus();
  };
  const { tenant, client } = cap.subject;
  const name = `order-${cap.key.replace(/[^\w-]/g, '_')}`;
  return html`<div class="actions">
    <div class="row" ref=${buttons}>
      ${(cap.state === 'operator' ? OF_OPERATOR : OF_DETECTOR).map(
        (one) => html`<button key=${one} type="button" value=${one} aria-expanded=${decision === one}
          aria-label=${`${DECISION_NAMES[one]}: ${cap.client}`} onClick=${() => setDecision(decision === one ? undefined : one)}>${DECISION_NAMES[one]}…</button>`,
      )}
    </div>
    ${
      decision !== undefined &&
      html`<${CapOrderForm} key=${decision} name=${name} asksWho=${false}
        draft=${{ tenant, client, decision, rate: '1', minutes: '15', why: '' }}
        onCancel=${close}
        onDone=${(sentence: string) => {
          close();
          onDone(sentence);
        }} />`
    }
  </div>`;
}
