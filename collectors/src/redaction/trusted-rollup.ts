/** Keeps the counts of a rollup what they are: a large one is no payment card, and one of password resets no password. */
import { identityText } from './identity.ts';
import { WrittenJson } from './json-redaction.ts';
import type { LineRedaction } from './line-redaction.ts';

type Members = Readonly<Record<string, unknown>>;
/** Members of the record contract (`Rollup`) that hold numbers, or lists of pairs of them. */
const NUMBERS: ReadonlySet<string> = new Set([
  'invocations',
  'status',
  'count',
  'kept',
  'buckets',
  'value',
  'refused',
  'sum',
  'min',
  'max',
  'zero',
  'lines',
  'bytes',
  'records',
]);
const IDENTITIES: ReadonlySet<string> = new Set(['tenant', 'principal']);

/** A copy with its numbers, and who is counted, written already. Other members are judged like any. */
export function trustedRollup(rollup: Members, redaction: LineRedaction): Members {
  return Object.fromEntries(
    Object.entries(rollup).map(([name, value]) => [name, trustedMember(name, value, redaction)]),
  );
}

function trustedMember(name: string, value: unknown, redaction: LineRedaction): unknown {
  if (NUMBERS.has(name) && holdsNumbersOnly(value)) return new WrittenJson(JSON.stringify(value));
  if (IDENTITIES.has(name) && typeof value === 'string') {
    return new WrittenJson(JSON.stringify(identityText(name, value, redaction)));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return trustedRollup(value as Members, redaction);
  return value.map((row: unknown) =>
    typeof row === 'object' && row !== null && !Array.isArray(row)
      ? trustedRollup(row as Members, redaction)
      : row,
  );
}

function holdsNumbersOnly(value: unknown): boolean {
  return typeof value === 'number' || (Array.isArray(value) && value.every(holdsNumbersOnly));
}
