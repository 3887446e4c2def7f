/** Which seeds are run, as the environment says: `FAULT_SEED` is the first one, `FAULT_RUNS` how many. */

export interface SeedRange {
  readonly first: number;
  readonly runs: number;
}

const RUNS = 1_000;

/** @throws TypeError naming the variable that is no whole number. */
export function seedRange(env: Readonly<Record<string, string | undefined>>): SeedRange {
  const first = wholeNumber(env, 'FAULT_SEED');
  const runs = wholeNumber(env, 'FAULT_RUNS');
  return { first: first ?? 1, runs: runs ?? (first === undefined ? RUNS : 1) };
}

function wholeNumber(env: Readonly<Record<string, string | undefined>>, name: string): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new TypeError(`environment variable ${name}: expected a whole number, got ${JSON.stringify(text)}`);
  }
  return value;
}
