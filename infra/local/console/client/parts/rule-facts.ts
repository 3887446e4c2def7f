/** What a rule says, when it fires and what it asks for. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { RuleRow } from '../../answers.ts';

export function RuleFacts({ rule }: { rule: RuleRow }): VNode {
  return html`
    <p class="log">${rule.description}</p>
    <dl class="pairs">
      <div><dt>Fires at</dt><dd class="log">${rule.condition}</dd></div>
      <div><dt>Cap</dt><dd class="log">${rule.cap ?? 'none: it only reports'}</dd></div>
      <div><dt>ATT&CK</dt><dd class="log">${rule.techniques.length === 0 ? 'no technique named' : rule.techniques.join(', ')}</dd></div>
      <div><dt>Status</dt><dd class="log">${rule.status}, severity ${rule.level}</dd></div>
      <div><dt>Its own tests</dt><dd>${rule.tests}</dd></div>
    </dl>`;
}
