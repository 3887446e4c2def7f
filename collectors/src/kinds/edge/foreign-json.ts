/** Reads fields of other people's JSON, where nothing may be taken for granted. */
import { isIP } from 'node:net';
import { tryParse } from '../../decode/json-sequence.ts';
import { isLogTime } from '../../log-time.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Undefined when the text is not one JSON object. */
export function parseObject(text: string): JsonObject | undefined {
  return objectOf(tryParse(text)?.value);
}

export function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

export function objectsOf(value: unknown): readonly JsonObject[] {
  if (!Array.isArray(value)) return [];
  return value.map(objectOf).filter((item) => item !== undefined);
}

/** A text that says something: AWS writes `-` for nothing. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value !== '-' ? value : undefined;
}

/** A whole number from 0 that an index takes as `long`, written as a number or as its digits. */
export function wholeNumberOf(value: unknown): number | undefined {
  const number = numberOf(value);
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
}

/** A number from 0, written as one or as its digits. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  return typeof value === 'string' && /^\d{1,15}(\.\d{1,9})?$/.test(value) ? Number(value) : undefined;
}

/** An address as an index takes it; the zone of `fe80::1%eth0` belongs to one machine only. */
export function addressOf(value: unknown): string | undefined {
  return typeof value === 'string' && isIP(value) !== 0 && !value.includes('%') ? value : undefined;
}

/** Epoch milliseconds of a date between 1970 and 9999, or undefined. */
export function timeOf(value: unknown): number | undefined {
  const time =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : numberOf(value);
  return isLogTime(time) ? Math.round(time) : undefined;
}

/** What is undefined left out: a document is plain JSON. */
export function defined(fields: JsonObject): JsonObject {
  const kept: Record<string, unknown> = {};
  for (const name in fields) if (fields[name] !== undefined) kept[name] = fields[name];
  return kept;
}
