/** Names what a rule asks for that a monitor of OpenSearch cannot say, so that nobody takes the one for the other. */
import type { Rule } from '@trailgate/detectors/rules';
import { ruleClause } from './selection-clause.ts';

/** Of what makes a monitor fire where the rule does not, or the other way round. */
export type RuleLoss = 'per-value' | 'exoneration' | 'usage' | 'window' | 'comparison';

export interface NamedLoss {
  readonly loss: RuleLoss;
  readonly says: string;
}

/** A monitor looks once a minute. */
const RUN_MS = 60_000;

export function ruleLosses(rule: Rule): readonly NamedLoss[] {
  const { correlation } = rule;
  const losses: NamedLoss[] = [];
  if (correlation.type === 'value_count') {
    const { perValue, exoneration, field } = correlation;
    if (perValue !== undefined) {
      losses.push({
        loss: 'per-value',
        says: `that at least ${percent(perValue.share)} of the values of ${field} have at most ${perValue.lte} events each`,
      });
    }
    if (exoneration !== undefined) {
      losses.push({
        loss: 'exoneration',
        says: `that an event of \`${exoneration.selection}\` clears its value, and that at least ${percent(exoneration.share)} of the values seen are not cleared`,
      });
    }
  }
  if (ruleClause(rule, 'usage') !== 'none') {
    losses.push({ loss: 'usage', says: 'requests that functions report as counts, which no index has' });
  }
  if (correlation.timespanMs < RUN_MS) {
    losses.push({
      loss: 'window',
      says: `every window of ${correlation.timespanMs / 1_000} s: it looks at the last one of each minute`,
    });
  }
  return losses;
}

function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}
