/** What the detectors found, newest first, each with its evidence. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { FindingRow } from '../view.ts';
import { HowTo } from './how-to.ts';
import { clockText, dateText } from './time-text.ts';

export function FindingList({ findings }: { findings: readonly FindingRow[] }): VNode {
  return html`<section aria-labelledby="findings">
    <h2 id="findings">Findings <small>${findings.length}</small></h2>
    ${
      findings.length === 0
        ? html`<p class="empty">
            No findings. A detector that sees abuse puts it here with its evidence: <${HowTo} />
          </p>`
        : html`<ol class="cards" role="region" aria-labelledby="findings" tabindex="0">
            ${findings.map((finding) => html`<${Finding} key=${finding.cursor} finding=${finding} />`)}
          </ol>`
    }
  </section>`;
}

function Finding({ finding }: { finding: FindingRow }): VNode {
  const { rule, principal, tenant, at, message, evidence, cap } = finding;
  return html`<li class="card finding">
    <header>
      <strong>${rule}</strong>
      <time title=${dateText(at)}>${clockText(at)}</time>
    </header>
    <p class="log">${principal || '–'}${tenant !== '' && html` <span class="quiet">tenant ${tenant}</span>`}</p>
    <p>${message}</p>
    ${cap !== undefined && html`<p class="asked">Cap: ${cap}</p>`}
    ${
      evidence.length > 0 &&
      html`<details>
        <summary>Evidence</summary>
        <dl class="pairs">
          ${evidence.map(
            ({ name, value }) => html`<div key=${name}><dt>${name}</dt><dd class="log">${value}</dd></div>`,
          )}
        </dl>
      </details>`
    }
  </li>`;
}
