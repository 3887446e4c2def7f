/** Finds the time that a log line gives for itself. */
import { tryParse } from '../decode/json-sequence.ts';

const TIME_KEYS = ['timestamp', '@timestamp', 'time'] as const;
/** Below, a number is seconds: in milliseconds it would be before March 1973. */
const FIRST_MILLISECONDS = 100_000_000_000;
/** How far into a text a date may begin and still be the line's own. */
const DATE_WITHIN_CHARS = 64;
/** Time without zone is UTC, as in Lambda. */
const ISO_DATE = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?/;
const LAST_MS = 253_402_300_799_999;

/** Epoch milliseconds, or undefined when the line has no time or names one that does not exist. */
export function lineTime(text: string): number | undefined {
  if (text.startsWith('{')) {
    const parsed = tryParse(text)?.value as Readonly<Record<string, unknown>> | undefined;
    if (parsed !== undefined) return timeOfFields(parsed);
  }
  return isoTime(text.slice(0, DATE_WITHIN_CHARS));
}

function timeOfFields(fields: Readonly<Record<string, unknown>>): number | undefined {
  for (const key of TIME_KEYS) {
    const value = fields[key];
    const time =
      typeof value === 'number'
        ? Math.round(value < FIRST_MILLISECONDS ? value * 1000 : value)
        : typeof value === 'string'
          ? isoTime(value)
          : undefined;
    if (time !== undefined && time >= 0 && time <= LAST_MS) return time;
  }
  return undefined;
}

function isoTime(text: string): number | undefined {
  const [found, date, clock, fraction = '', zone = 'Z'] = ISO_DATE.exec(text) ?? [];
  if (found === undefined) return undefined;
  const time = Date.parse(`${date}T${clock}.${fraction.padEnd(3, '0').slice(0, 3)}${withColon(zone)}`);
  return Number.isNaN(time) || time < 0 ? undefined : time;
}

function withColon(zone: string): string {
  return zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
}
