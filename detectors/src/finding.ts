/** Turns hits into the documents that the security team reads; made of event times only, so the same hit is the same document. */
import { createHash } from 'node:crypto';
import { channelIndex, type IndexPeriod } from '@trailgate/sdk/wire';
import type { FindingDocument } from './ports.ts';
import { formatDuration } from './rules/duration.ts';
import type { Hit } from './rules/rule-engine.ts';

/** A finding, before it is said in which index it goes. */
export interface Finding extends Omit<FindingDocument, 'index'> {
  /** Event time, epoch milliseconds. */
  readonly at: number;
}

/** The rule part of a finding. */
export interface FindingRule {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** Id of a finding: hash of rule, key and window, so that a finding made again is the same document. */
export function findingId(ruleId: string, key: string, window: number): string {
  return createHash('sha256')
    .update(JSON.stringify([ruleId, key, window]))
    .digest('base64url');
}

/** The finding for a rule's hit on one principal. */
export function hitFinding(hit: Hit, key: string): Finding {
  const { rule, signal, evidence, strike } = hit;
  const { attempts, values, valuesSeen, first, last } = evidence;
  const field = rule.correlation.type === 'value_count' ? rule.correlation.field : undefined;
  const counted = values === undefined ? '' : ` over ${values} ${field}s`;
  const finding = findingOf(findingId(rule.id, key, signal.at), signal.at, rule, {
    ...(rule.techniques.length === 0 ? {} : { threat: { technique: { id: rule.techniques } } }),
    tenant: signal.tenant,
    principal: signal.principal,
    message: `${rule.title}: ${attempts} events${counted} by ${signal.principal} within ${formatDuration(rule.correlation.timespanMs)}`,
    evidence: {
      attempts,
      ...(field === undefined ? {} : { [`${field}s`]: values, [`${field}s_seen`]: valuesSeen }),
      first: new Date(first).toISOString(),
      last: new Date(last).toISOString(),
    },
    first_crossing: new Date(signal.at).toISOString(),
    ...(rule.cap === undefined || strike.cap === undefined
      ? {}
      : {
          cap: {
            client: signal.principal,
            class: rule.cap.cls,
            rate: strike.cap.rate,
            burst: rule.cap.burst,
            hold: new Date(strike.cap.hold).toISOString(),
            end: new Date(strike.cap.end).toISOString(),
            strike: strike.strike,
            mode: rule.cap.mode,
          },
        }),
  });
  return { ...finding, severity: rule.level };
}

/** A finding in ECS's shape of the event time `at`, epoch milliseconds. */
export function findingOf(
  id: string,
  at: number,
  rule: FindingRule,
  body: Readonly<Record<string, unknown>>,
): Finding {
  const timestamp = new Date(at).toISOString();
  const source = JSON.stringify({
    '@timestamp': timestamp,
    event: { kind: 'alert', category: ['intrusion_detection'], action: 'finding' },
    rule: { id: rule.id, name: rule.name, description: rule.description },
    ...body,
  });
  return { at, id, source };
}

/** The finding in the trail index of its day or month. */
export function findingDocument({ at, ...finding }: Finding, period: IndexPeriod): FindingDocument {
  return { index: channelIndex('trail', at, period), ...finding };
}
