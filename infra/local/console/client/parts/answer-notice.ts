/** What there is to say about an answer that is late, wrong, old or not there. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Answer } from '../data/use-answer.ts';
import { Stale } from './stale.ts';
import { durationText } from './time-text.ts';

export interface AnswerNoticeProps {
  readonly answer: Answer<unknown>;
  /** What was asked for, to be read after "Asking for". */
  readonly what: string;
}

export function AnswerNotice({ answer, what }: AnswerNoticeProps): VNode {
  const { value, at, waiting, slow, failure } = answer;
  return html`
    <div role="status">
      ${
        waiting &&
        (value === undefined || slow) &&
        html`<p class="waiting">
          <span class="spinner" aria-hidden="true"></span>
          ${slow ? `Still waiting for ${what}: the console takes its time.` : `Asking for ${what}…`}
        </p>`
      }
    </div>
    ${failure !== undefined && html`<${Failure} answer=${answer} what=${what} />`}
    ${
      failure !== undefined &&
      value !== undefined &&
      at !== undefined &&
      html`<${Stale} since=${at}>What is shown below is that old.<//>`
    }`;
}

function Failure({ answer, what }: AnswerNoticeProps): VNode {
  const { failure, waiting, retryAt, again } = answer;
  return html`<div class="notice failure" role="alert">
    <p><b>There is no answer for ${what}.</b> <span class="log">${failure?.message ?? ''}</span></p>
    <p class="row">
      <button type="button" onClick=${again}>Try again</button>
      <span class="quiet">${nextTry(waiting, retryAt)}</span>
    </p>
  </div>`;
}

function nextTry(waiting: boolean, retryAt: number | null): string {
  if (waiting) return 'Trying…';
  return retryAt === null ? '' : `Tried again by itself in ${durationText(retryAt - Date.now())}.`;
}
