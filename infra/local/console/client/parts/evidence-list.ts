/** The figures that a finding rests on. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { FindingRow } from '../../view.ts';

export function EvidenceList({ evidence }: { evidence: FindingRow['evidence'] }): VNode {
  return html`<dl class="pairs">
    ${evidence.map(
      ({ name, value }) =>
        html`<div key=${name}><dt class="log">${name}</dt><dd class="log">${value}</dd></div>`,
    )}
  </dl>`;
}
