/** What the collector's process is told by whoever starts it, and what both hold to. */
import type { Plan } from '../plan/plan.ts';

/** How long the adapter waits for an answer: short, so that silence costs a test little. */
export const CALL_LIMIT_MS = 1_500;
/** Small bodies, so that a batch takes several calls. */
export const OPTIONS: Plan['options'] = {
  maxInflatedBytes: 300_000,
  bulkBytes: 4_000,
  retryBudgetMs: 4_000,
};

const NAMES = ['BUSINESS_URL', 'TRAIL_URL', 'KINESIS_URL', 'QUARANTINE_FOLDER'] as const;

export type FunctionEnvironment = Readonly<Record<(typeof NAMES)[number], string>>;

/** @throws TypeError naming the variable that is missing. */
export function readFunctionEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): FunctionEnvironment {
  const read = NAMES.map((name) => {
    const value = env[name];
    if (value === undefined)
      throw new TypeError(`environment variable ${name}: expected a value, got nothing`);
    return [name, value] as const;
  });
  return Object.fromEntries(read) as FunctionEnvironment;
}
