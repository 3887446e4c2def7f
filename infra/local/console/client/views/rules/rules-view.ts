/** The rules in force: what each looks for, when it fires, what it asks for, and what it has found. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { RuleRow } from '../../../answers.ts';
import type { FindingRow } from '../../../view.ts';
import { rulesAnswer } from '../../data/answer-shapes.ts';
import { useAnswer } from '../../data/use-answer.ts';
import { AnswerNotice } from '../../parts/answer-notice.ts';
import { RuleFacts } from '../../parts/rule-facts.ts';
import { ViewHeading } from '../../parts/view-heading.ts';
import { trailHash } from '../../routing/route.ts';

export function RulesView({ findings }: { findings: readonly FindingRow[] }): VNode {
  const answer = useAnswer('/api/rules', rulesAnswer);
  const rules = answer.value?.rules;
  return html`
    <${ViewHeading} title="Rules in force" lead="Rules are data: each carries the tests that prove what it finds and what it leaves alone." />
    <${AnswerNotice} answer=${answer} what="the rules" />
    ${rules !== undefined && rules.length === 0 && html`<p class="empty">No rule is in force: nothing is found and nobody is capped.</p>`}
    <div class="grid">
      ${rules?.map((rule) => html`<${Rule} key=${rule.name} rule=${rule} found=${foundBy(rule, findings)} />`)}
    </div>`;
}

function Rule({ rule, found }: { rule: RuleRow; found: number }): VNode {
  return html`<section class="card rule" aria-labelledby=${`rule-${rule.name}`}>
    <div class="card-head">
      <h2 id=${`rule-${rule.name}`} class="log">${rule.title}</h2>
      <span class="badge">${rule.level}</span>
    </div>
    <p class="quiet log">${rule.name}</p>
    <${RuleFacts} rule=${rule} />
    <p>
      ${
        found === 0
          ? html`<span class="quiet">No recent finding.</span>`
          : html`<a href=${trailHash({ text: rule.name, filters: { kind: 'finding' } })}>${found} recent ${found === 1 ? 'finding' : 'findings'}<span class="unseen"> of ${rule.title}</span></a>`
      }
    </p>
  </section>`;
}

function foundBy(rule: RuleRow, findings: readonly FindingRow[]): number {
  return findings.filter((finding) => finding.rule === rule.name).length;
}
