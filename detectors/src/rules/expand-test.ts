/** Writes out the compact signals of a rule's test as the signals that a collector would send. */
import { principalKey } from '@trailgate/sdk/wire';
import type { RuleTest, TestSignal } from './rule-test-schema.ts';
import type { RuleSignal } from './selection.ts';

export interface KeyedTestSignal {
  readonly key: string;
  readonly signal: RuleSignal;
}

/** Event time of a test's first signal; any will do. */
const START = Date.UTC(2026, 0, 5, 9);

export function expandTest(test: RuleTest): readonly KeyedTestSignal[] {
  const expanded: KeyedTestSignal[] = [];
  /** Answered and refused requests by stream and key, cumulative as an instance counts them. */
  const totals = new Map<string, { requests: number; refused: number }>();
  let at = START;
  for (const step of test.signals) {
    const begin = at + step.after;
    for (let n = 0; n < step.repeat; n += 1) {
      at = begin + n * step.every;
      for (const compact of step.send) {
        at += compact.after;
        const position = String(expanded.length);
        expanded.push(expandSignal(fillIn(compact, n), at, position, totals));
      }
    }
  }
  return expanded;
}

/** Replaces `{n}` in every text. */
function fillIn(compact: TestSignal, n: number): TestSignal {
  const filled = Object.entries(compact).map(([field, value]) => [
    field,
    typeof value === 'string' ? value.replaceAll('{n}', String(n)) : value,
  ]);
  return Object.fromEntries(filled) as TestSignal;
}

function expandSignal(
  compact: TestSignal,
  at: number,
  position: string,
  totals: Map<string, { requests: number; refused: number }>,
): KeyedTestSignal {
  const { kind, service, tenant, principal, stream } = compact;
  const key = principalKey(tenant, principal);
  const common = { at, from: { stream, position }, service, tenant, principal };
  if (kind === 'trail') {
    const { action, outcome, count, user, ip, route, reason } = compact;
    return {
      key,
      signal: {
        kind,
        ...common,
        action,
        outcome,
        count,
        ...(user === undefined ? {} : { user }),
        ...(ip === undefined ? {} : { ip }),
        ...(route === undefined ? {} : { route }),
        ...(reason === undefined ? {} : { reason }),
      },
    };
  }
  const counter = `${stream}\n${key}`;
  const before = totals.get(counter) ?? { requests: 0, refused: 0 };
  const now = { requests: before.requests + compact.requests, refused: before.refused + compact.refused };
  totals.set(counter, now);
  return { key, signal: { kind, ...common, ...now } };
}
