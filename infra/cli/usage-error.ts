/** A command that was called in a way it cannot be: said in one sentence, with exit code 2. */
export class UsageError extends Error {
  readonly code = 'USAGE';
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** A whole number in a range, from a command line. Throws UsageError naming the option. */
export function wholeNumber(option: string, value: string, low: number, high: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < low || number > high) {
    throw new UsageError(`${option}: expected a whole number from ${low} to ${high}, got "${value}"`);
  }
  return number;
}

/** One of the allowed words, from a command line. Throws UsageError naming what it is for. */
export function oneOf<T extends string>(what: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new UsageError(`${what}: expected ${allowed.join(', ')}, got "${value}"`);
  return found;
}
