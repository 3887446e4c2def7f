/** The cap that a finding asked for, as it stands now, with what an operator can do about it. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { CapRow, ConsoleState, FindingRow } from '../../../view.ts';
import { CapCard } from '../../parts/cap-card.ts';
import { CapActions } from '../caps/cap-actions.ts';

export interface WrittenCapProps {
  readonly finding: FindingRow;
  /** As the console answered; null when there is none any more. */
  readonly cap: CapRow | null;
  readonly state: ConsoleState | undefined;
  /** Epoch ms. */
  readonly now: number;
}

export function WrittenCap({ finding, cap, state, now }: WrittenCapProps): VNode {
  const [done, setDone] = useState('');
  const current = currentCap(finding, cap, state);
  return html`<section aria-labelledby="cap">
    <h2 id="cap">The cap it wrote</h2>
    ${finding.cap !== undefined && html`<p class="asked log">Asked for: ${finding.cap}</p>`}
    <p role="status" class=${done === '' ? 'unseen' : 'notice said'}>${done}</p>
    ${
      current !== undefined && current.end > now
        ? html`<${CapCard} cap=${current} now=${now}><${CapActions} cap=${current} onDone=${setDone} /><//>`
        : html`<p class="empty">${
            finding.cap === undefined
              ? 'The rule caps nobody: it only reports.'
              : 'It is over, or was never written: the client may do what the base limit allows.'
          }</p>`
    }
  </section>`;
}

/** The live stream knows what has become of the cap since it was answered. */
function currentCap(
  { principal, rule }: FindingRow,
  cap: CapRow | null,
  state: ConsoleState | undefined,
): CapRow | undefined {
  if (state === undefined) return cap ?? undefined;
  return state.caps.find((one) =>
    cap === null ? one.client === principal && one.rule === rule : one.key === cap.key,
  );
}
