/** What a new user can do: let honest users and one attack loose on the stack, and end them. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { PlayOrder } from '../../../answers.ts';
import type { PlayState } from '../../../view.ts';
import { useOrder } from '../../data/use-order.ts';
import { OrderResult } from '../../parts/order-result.ts';
import { durationText } from '../../parts/time-text.ts';
import { scenarioText } from './scenario-texts.ts';

export function ScenarioPanel({ play, now }: { play: PlayState; now: number }): VNode {
  const order = useOrder();
  const give = (scenario: string | null) => (): void => {
    void order.give('/api/play', { scenario } satisfies PlayOrder);
  };
  // Attacks first: they are what there is to see.
  const names = [...play.scenarios].sort((a, b) => Number(a === 'calm') - Number(b === 'calm'));
  return html`<div class="scenarios">
    <h3>Let something happen <small>${playing(play, now)}</small></h3>
    ${
      names.length === 0
        ? html`<p class="empty">This stack plays no scenarios; call its API instead.</p>`
        : html`<ul class="choices">
            ${names.map((name) => {
              const { title, does, shows } = scenarioText(name);
              const isPlaying = play.scenario === name;
              return html`<li key=${name} class=${isPlaying ? 'choice chosen' : 'choice'}>
                <h4>${title}</h4>
                <p>${does}</p>
                <p class="quiet">You will see: ${shows}</p>
                ${
                  isPlaying
                    ? html`<button type="button" class="strong" aria-disabled=${order.busy} onClick=${give(null)}>Stop: ${title}</button>`
                    : html`<button type="button" class="strong" aria-disabled=${order.busy} onClick=${give(name)}>Start: ${title}</button>`
                }
              </li>`;
            })}
          </ul>`
    }
    <${OrderResult} order=${order} />
  </div>`;
}

function playing({ scenario, attackFrom, attackUntil }: PlayState, now: number): string {
  if (scenario === null) return 'nobody calls at present';
  if (attackFrom === null || attackUntil === null) return 'honest users are shopping';
  if (now < attackFrom)
    return `honest users are shopping; the attack begins in ${durationText(attackFrom - now)}`;
  return now < attackUntil
    ? `the attack goes on for another ${durationText(attackUntil - now)}`
    : 'the attack is over; honest users are shopping';
}
