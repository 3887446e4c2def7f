/** What the detectors found, newest first, each with its evidence and a way to all that is known of it. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { FindingRow } from '../../../view.ts';
import { EvidenceList } from '../../parts/evidence-list.ts';
import { Time } from '../../parts/time.ts';
import { hashOf, trailHash } from '../../routing/route.ts';

/** The rest is one click away, in the trail. */
const SHOWN = 30;

export function FindingList({ findings }: { findings: readonly FindingRow[] }): VNode {
  return html`<section aria-labelledby="findings">
    <div class="section-heading">
      <h2 id="findings">Findings <small>${findings.length}</small></h2>
      ${findings.length > SHOWN && html`<a href=${trailHash({ filters: { kind: 'finding' } })}>All findings</a>`}
    </div>
    ${
      findings.length === 0
        ? html`<p class="empty">No findings. A detector that sees abuse puts it here with its evidence.</p>`
        : html`<${Cards} findings=${findings} />`
    }
  </section>`;
}

function Cards({ findings }: { findings: readonly FindingRow[] }): VNode {
  return useMemo(
    () => html`<div class="roll" role="group" aria-labelledby="findings" tabindex="0">
      <ol class="cards">
        ${findings.slice(0, SHOWN).map((finding) => html`<${Finding} key=${finding.cursor} finding=${finding} />`)}
      </ol>
    </div>`,
    [findings],
  );
}

function Finding({ finding }: { finding: FindingRow }): VNode {
  const { index, id, rule, principal, tenant, at, message, evidence, cap } = finding;
  return html`<li class="card finding">
    <div class="card-head">
      <a class="name log" href=${hashOf({ view: 'finding', index, id })}>${rule || 'finding'}</a>
      <${Time} at=${at} />
    </div>
    <p class="log">${principal || '–'}${tenant !== '' && html` <span class="quiet">tenant ${tenant}</span>`}</p>
    <p class="log">${message}</p>
    ${cap !== undefined && html`<p class="asked log">Cap: ${cap}</p>`}
    ${
      evidence.length > 0 &&
      html`<details>
        <summary>Evidence</summary>
        <${EvidenceList} evidence=${evidence} />
      </details>`
    }
  </li>`;
}
