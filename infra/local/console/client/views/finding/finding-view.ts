/** One finding: what was seen, by which rule, on what evidence, and what became of the cap it asked for. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { DocumentRow, Filter, FindingAnswer } from '../../../answers.ts';
import type { ConsoleState, FindingRow } from '../../../view.ts';
import { findingAnswer } from '../../data/answer-shapes.ts';
import { useAnswer } from '../../data/use-answer.ts';
import { AnswerNotice } from '../../parts/answer-notice.ts';
import { DocumentDialog } from '../../parts/document-dialog.ts';
import { DocumentTable } from '../../parts/document-table.ts';
import { EvidenceList } from '../../parts/evidence-list.ts';
import { RuleFacts } from '../../parts/rule-facts.ts';
import { dateText, wholeText } from '../../parts/time-text.ts';
import { ViewHeading } from '../../parts/view-heading.ts';
import { hashOf, trailHash } from '../../routing/route.ts';
import { WrittenCap } from './written-cap.ts';

export interface FindingViewProps {
  readonly index: string;
  readonly id: string;
  readonly state: ConsoleState | undefined;
  /** Epoch ms. */
  readonly now: number;
}

export function FindingView({ index, id, state, now }: FindingViewProps): VNode {
  const answer = useAnswer(`/api/finding?${new URLSearchParams({ index, id })}`, findingAnswer);
  const heard = useMemo(
    () => state?.findings.find((one) => one.index === index && one.id === id),
    [state?.findings, index, id],
  );
  const [opened, setOpened] = useState<{ readonly index: string; readonly id: string }>();
  // Until the answer is there, what came with the live stream is shown.
  const finding = answer.value?.finding ?? heard;
  return html`
    <${ViewHeading} title=${finding === undefined ? 'Finding' : `Finding: ${answer.value?.rule?.title ?? finding.rule}`}>
      <button type="button" aria-disabled=${answer.waiting} onClick=${answer.again}>Refresh</button>
    <//>
    <${AnswerNotice} answer=${answer} what="the finding" />
    ${finding !== undefined && html`<${What} finding=${finding} onOpen=${() => setOpened({ index, id })} />`}
    ${
      finding !== undefined &&
      html`<div class="pair">
        <section aria-labelledby="evidence">
          <h2 id="evidence">Evidence</h2>
          <div class="card">
            ${finding.evidence.length === 0 ? html`<p class="quiet">The finding carries none.</p>` : html`<${EvidenceList} evidence=${finding.evidence} />`}
          </div>
          ${answer.value !== undefined && html`<${Rule} answer=${answer.value} />`}
        </section>
        <${WrittenCap} finding=${finding} cap=${answer.value?.cap ?? null} state=${state} now=${now} />
      </div>`
    }
    ${answer.value !== undefined && html`<${Events} answer=${answer.value} onOpen=${setOpened} />`}
    ${
      opened !== undefined &&
      html`<${DocumentDialog} key=${opened.id} index=${opened.index} id=${opened.id} onClose=${() => setOpened(undefined)} />`
    }`;
}

function What({ finding, onOpen }: { finding: FindingRow; onOpen: () => void }): VNode {
  const { message, principal, tenant, at } = finding;
  return html`<div class="card finding">
    <p class="message log">${message || 'The finding has no message.'}</p>
    <dl class="pairs">
      <div><dt>Who</dt><dd class="log">${principal || '–'}</dd></div>
      <div><dt>Tenant</dt><dd class="log">${tenant || '–'}</dd></div>
      <div><dt>When</dt><dd>${dateText(at)}</dd></div>
    </dl>
    <p class="row">
      ${
        principal !== '' &&
        html`<a href=${trailHash({ channel: 'all', filters: { principal } })}>Everything of this client</a>
          <a href=${hashOf({ view: 'caps', tenant, client: principal })}>Decide about this client</a>`
      }
      <button type="button" onClick=${onOpen}>Document</button>
    </p>
  </div>`;
}

function Rule({ answer: { rule, finding } }: { answer: FindingAnswer }): VNode {
  return html`<h2 id="rule">The rule</h2>
    <div class="card">
      ${
        rule === null
          ? html`<p class="quiet">Rule <code class="log">${finding.rule}</code> is not in force any more.</p>`
          : html`<p><b class="log">${rule.title}</b> <span class="quiet log">${rule.name}</span></p><${RuleFacts} rule=${rule} />`
      }
    </div>`;
}

interface EventsProps {
  readonly answer: FindingAnswer;
  readonly onOpen: (row: DocumentRow) => void;
}

function Events({ answer: { events, eventsTotal, finding }, onOpen }: EventsProps): VNode {
  const filtered = (filter: Filter, value: string): string => trailHash({ filters: { [filter]: value } });
  const shown =
    eventsTotal > events.length
      ? `newest ${events.length} of ${wholeText(eventsTotal)}`
      : String(events.length);
  return html`<section aria-labelledby="events">
    <div class="section-heading">
      <h2 id="events">The events behind it <small>${shown}</small></h2>
      ${finding.principal !== '' && html`<a href=${trailHash({ filters: { principal: finding.principal } })}>All events of this client</a>`}
    </div>
    ${
      events.length === 0
        ? html`<p class="empty">
            No event of this client is in the index for that time: the rule may count what is only counted, such as answered
            requests.
          </p>`
        : html`<${DocumentTable} rows=${events} labelledBy="events" filtered=${filtered} onOpen=${onOpen} />`
    }
  </section>`;
}
