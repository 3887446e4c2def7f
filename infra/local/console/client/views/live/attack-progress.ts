/** The steps of a played attack, and a voice that says each as it is reached. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { ConsoleState } from '../../../view.ts';
import { hashOf } from '../../routing/route.ts';
import {
  type AttackStep,
  attackSteps,
  type PlayedAttack,
  playedAttack,
  type StepState,
} from './attack-steps.ts';
import { scenarioText } from './scenario-texts.ts';

const STATES: Readonly<Record<StepState, string>> = {
  done: 'done',
  doing: 'under way',
  waiting: 'to come',
  missing: 'did not happen',
};

const SIGNS: Readonly<Record<StepState, string>> = { done: '✓', doing: '…', waiting: '', missing: '▲' };

export function AttackProgress({ state, now }: { state: ConsoleState; now: number }): VNode {
  const known = useRef<PlayedAttack>(undefined);
  const attack = playedAttack(known.current, state.play, now);
  known.current = attack;
  const steps = attack === undefined ? [] : attackSteps(attack, state, now);
  return html`<div class="progress">
    ${
      attack !== undefined &&
      html`<h3>How far the attack has come <small>${scenarioText(attack.scenario).title}</small></h3>
        <ol class="steps">
          ${steps.map((step) => html`<${Step} key=${step.name} step=${step} />`)}
        </ol>`
    }
    <p class="unseen" role="status">${spoken(steps)}</p>
  </div>`;
}

function Step({ step: { label, state, detail, finding } }: { step: AttackStep }): VNode {
  return html`<li class=${`step ${state}`}>
    <span class="sign" aria-hidden="true">${SIGNS[state]}</span>
    <span class="what">
      <b>${label}</b> <span class=${state === 'missing' ? 'detail' : 'unseen'}>(${STATES[state]})</span>
      ${
        detail !== '' &&
        (finding === undefined
          ? html`<span class="detail log">${detail}</span>`
          : html`<a class="detail log" href=${hashOf({ view: 'finding', ...addressOf(finding) })}>${detail}</a>`)
      }
    </span>
  </li>`;
}

function addressOf({ index, id }: { index: string; id: string }): { index: string; id: string } {
  return { index, id };
}

/** Without figures that tick: what is said again every second is not listened to. */
function spoken(steps: readonly AttackStep[]): string {
  const last = steps.findLast(({ state }) => state === 'done');
  return last === undefined ? '' : `Played attack: ${last.label}.`;
}
