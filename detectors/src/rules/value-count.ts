/** Counts the distinct values of a field among one key's events, in a table of fixed size, and says when they make evidence. */
import { createHash } from 'node:crypto';
import { putEntry, useEntry } from '../state/bounded-map.ts';
import type { CountedEvidence } from './counted-evidence.ts';
import type { ValueCount } from './rule.ts';

export interface ValueTable {
  readonly type: 'value_count';
  /** By hash of the value; events that name no value are under the empty key. */
  readonly rows: Map<string, ValueRow>;
}

interface ValueRow {
  /** Events that name this value and have not been cleared. */
  events: number;
  /** Further events that a folded record stands for; it names only one of their values. */
  folded: number;
  firstAt: number;
  lastAt: number;
}

/** Values of one key that are remembered; the one seen longest ago leaves. */
export const MAX_VALUES = 64;

const NO_VALUE = '';

export function emptyValues(): ValueTable {
  return { type: 'value_count', rows: new Map() };
}

/**
 * Adds events of one value and returns the evidence when the table has become enough of it.
 * @param records how many of the `count` events named this value themselves
 */
export function countValue(
  table: ValueTable,
  rule: ValueCount,
  at: number,
  value: string | undefined,
  count: number,
  records: number = 1,
): CountedEvidence | undefined {
  const row = rowOf(table, rule, at, value);
  if (row.events === 0) row.firstAt = at;
  row.events += records;
  row.folded += count - records;
  row.lastAt = Math.max(row.lastAt, at);
  return evaluate(table, rule);
}

/** Clears a value: what came before is no evidence, but the value has been seen. */
export function clearValue(table: ValueTable, rule: ValueCount, at: number, value: string | undefined): void {
  if (value === undefined) return;
  const row = rowOf(table, rule, at, value);
  row.events = 0;
  row.folded = 0;
  row.lastAt = Math.max(row.lastAt, at);
}

/** Whether nothing in it can still be part of a window at that time. */
export function valuesExpired(table: ValueTable, rule: ValueCount, now: number): boolean {
  return [...table.rows.values()].every((row) => row.lastAt <= now - rule.timespanMs);
}

/** The value's row, after what has left the window before `at` is gone; a row that began before the window begins anew. */
function rowOf(table: ValueTable, rule: ValueCount, at: number, value: string | undefined): ValueRow {
  const windowStart = at - rule.timespanMs;
  for (const [key, row] of table.rows) {
    if (row.lastAt <= windowStart) table.rows.delete(key);
  }
  const key = value === undefined ? NO_VALUE : hashOf(value);
  const known = useEntry(table.rows, key);
  if (known === undefined) {
    const row = { events: 0, folded: 0, firstAt: at, lastAt: at };
    putEntry(table.rows, MAX_VALUES, key, row);
    return row;
  }
  if (known.firstAt <= windowStart) {
    known.events = 0;
    known.folded = 0;
    known.firstAt = at;
  }
  return known;
}

function evaluate(table: ValueTable, rule: ValueCount): CountedEvidence | undefined {
  let attempts = 0;
  let seen = 0;
  let counted = 0;
  let few = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const [key, row] of table.rows) {
    if (key !== NO_VALUE) seen += 1;
    if (row.events === 0) continue;
    attempts += row.events + row.folded;
    first = Math.min(first, row.firstAt);
    last = Math.max(last, row.lastAt);
    if (key === NO_VALUE) continue;
    counted += 1;
    if (rule.perValue !== undefined && row.events <= rule.perValue.lte) few += 1;
  }
  const enough =
    counted >= rule.gte &&
    attempts >= (rule.events ?? 0) &&
    (rule.perValue === undefined || few >= rule.perValue.share * counted) &&
    (rule.exoneration === undefined || counted >= rule.exoneration.share * seen);
  return enough ? { attempts, values: counted, valuesSeen: seen, first, last } : undefined;
}

/** Values are names of people: the table holds only enough of a hash to tell them apart. */
function hashOf(value: string): string {
  return createHash('sha256').update(value).digest('base64url').slice(0, 16);
}
