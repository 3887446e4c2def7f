/** How hard a rule strikes the next time: each strike on one key halves the rate and doubles the time, until it has been quiet. */
import type { Rule } from './rule.ts';

export interface Strike {
  /** From 1. */
  readonly strike: number;
  /** Event time of the hit, epoch milliseconds. */
  readonly at: number;
  /** How long its cap lasts in all; without a cap, how long findings are held back. */
  readonly lengthMs: number;
  /** No second finding for the key before. */
  readonly quietUntil: number;
  /** The cap asked for: requests a second, and epoch milliseconds. */
  readonly cap?: { readonly rate: number; readonly hold: number; readonly end: number };
}

/** A key that was quiet for so many lengths of its last cap begins at strike 1 again. */
const DECAY_LENGTHS = 4;
const LONGEST_CAP_MS = 86_400_000;

/** The strike for a hit at event time `at`; `timeScale` multiplies every length. */
export function nextStrike(rule: Rule, before: Strike | undefined, at: number, timeScale: number): Strike {
  const lapsed = before === undefined || at - before.at > DECAY_LENGTHS * before.lengthMs;
  const strike = lapsed ? 1 : before.strike + 1;
  const dedupMs = Math.round(rule.dedupMs * timeScale);
  if (rule.cap === undefined) return { strike, at, lengthMs: dedupMs, quietUntil: at + dedupMs };
  const lengthOf = (ms: number): number =>
    Math.round(Math.min(ms * timeScale * 2 ** (strike - 1), LONGEST_CAP_MS));
  const hold = at + lengthOf(rule.cap.holdMs);
  const lengthMs = lengthOf(rule.cap.endMs);
  return {
    strike,
    at,
    lengthMs,
    quietUntil: Math.max(at + dedupMs, hold),
    cap: {
      rate: Math.max(rule.cap.rate * 0.5 ** (strike - 1), rule.cap.floor),
      hold,
      end: at + lengthMs,
    },
  };
}
