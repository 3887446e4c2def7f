/** The form in which an operator decides about a client; nothing is done before it is sent. */
import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Decision } from '../../../answers.ts';
import { useOrder } from '../../data/use-order.ts';
import {
  type CapDraft,
  consequenceOf,
  type DraftField,
  fieldOf,
  orderOf,
  type Problems,
} from './cap-draft.ts';

export const DECISION_NAMES: Readonly<Record<Decision, string>> = {
  allow: 'Lift',
  set: 'Set a rate',
  block: 'Block',
  withdraw: 'Withdraw',
};

export interface CapOrderFormProps {
  /** Prefix of the ids of its fields: unique in the page. */
  readonly name: string;
  readonly draft: CapDraft;
  /** Whom it is about is typed too. */
  readonly asksWho: boolean;
  /** Told what was done, as a sentence. */
  readonly onDone: (sentence: string) => void;
  readonly onCancel?: () => void;
}

export function CapOrderForm({ name, draft: given, asksWho, onDone, onCancel }: CapOrderFormProps): VNode {
  const [draft, setDraft] = useState(given);
  const [problems, setProblems] = useState<Problems>({});
  const order = useOrder();
  const form = useRef<HTMLFormElement>(null);
  // A form that was opened by a button is worked in next.
  useEffect(() => {
    if (onCancel !== undefined) form.current?.querySelector('input')?.focus();
  }, []);
  const change = (field: keyof CapDraft) => (event: Event) =>
    setDraft({ ...draft, [field]: (event.currentTarget as HTMLInputElement).value });
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const read = orderOf(draft);
    setProblems('problems' in read ? read.problems : {});
    if ('problems' in read) {
      const [first] = Object.keys(read.problems);
      return document.getElementById(`${name}-${first}`)?.focus();
    }
    const done = await order.give('/api/cap', read.order);
    if (done !== undefined) onDone(done);
  };
  const refused = order.failure === undefined ? undefined : fieldOf(order.failure.message);
  const problemOf = (field: DraftField): string | undefined =>
    problems[field] ?? (refused === field ? order.failure?.message : undefined);
  const field = (one: DraftField, label: string, attributes: object): ComponentChildren =>
    html`<${Field} id=${`${name}-${one}`} label=${label} problem=${problemOf(one)} value=${draft[one]}
      onInput=${change(one)} attributes=${attributes} />`;
  return html`<form class="order" ref=${form} novalidate onSubmit=${send} onKeyDown=${escapes(onCancel)}
    aria-label=${asksWho ? 'Decide about a client' : `${DECISION_NAMES[draft.decision]}: ${draft.client}`}>
    ${asksWho && html`<${Who} name=${name} field=${field} decision=${draft.decision} onDecision=${change('decision')} />`}
    <div class="fields">
      ${draft.decision === 'set' && field('rate', 'Requests a second', { inputmode: 'decimal' })}
      ${draft.decision !== 'withdraw' && field('minutes', 'Minutes', { inputmode: 'numeric' })}
      ${field('why', 'Why', { maxlength: 200, class: 'long' })}
    </div>
    <p class="consequence log">${consequenceOf(draft)}</p>
    ${
      order.failure !== undefined &&
      html`<p class="notice failure" role="alert"><b>It was not done.</b> <span class="log">${order.failure.message}</span></p>`
    }
    <p class="row">
      <button type="submit" class="strong" aria-disabled=${order.busy}>${order.busy ? 'Being done…' : `${DECISION_NAMES[draft.decision]} now`}</button>
      ${onCancel !== undefined && html`<button type="button" onClick=${onCancel}>Cancel</button>`}
    </p>
  </form>`;
}

interface WhoProps {
  readonly name: string;
  readonly field: (one: DraftField, label: string, attributes: object) => ComponentChildren;
  readonly decision: Decision;
  readonly onDecision: (event: Event) => void;
}

function Who({ name, field, decision, onDecision }: WhoProps): VNode {
  return html`<div class="fields">
    ${field('tenant', 'Tenant', { maxlength: 256, placeholder: 'acme, or - for an address' })}
    ${field('client', 'Client', { maxlength: 300, placeholder: 'ip:203.0.113.7 or user:ana' })}
    <div class="field">
      <label for=${`${name}-decision`}>Decision</label>
      <select id=${`${name}-decision`} value=${decision} onChange=${onDecision}>
        ${Object.entries(DECISION_NAMES).map(([value, text]) => html`<option key=${value} value=${value}>${text}</option>`)}
      </select>
    </div>
  </div>`;
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly problem: string | undefined;
  readonly value: string;
  readonly onInput: (event: Event) => void;
  readonly attributes: object;
}

function Field({ id, label, problem, value, onInput, attributes }: FieldProps): VNode {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input id=${id} value=${value} onInput=${onInput} autocomplete="off" spellcheck=${false} required
      aria-invalid=${problem !== undefined} aria-describedby=${problem === undefined ? undefined : `${id}-problem`} ...${attributes} />
    ${problem !== undefined && html`<p class="problem log" id=${`${id}-problem`}>${problem}</p>`}
  </div>`;
}

function escapes(onCancel: (() => void) | undefined): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key === 'Escape') onCancel?.();
  };
}
