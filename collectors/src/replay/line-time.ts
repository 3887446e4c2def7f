/** Finds the time that a log line gives for itself. */
import { tryParse } from '../decode/json-sequence.ts';
import { clfTime } from '../kinds/api-gateway/access-entry.ts';
import { isLogTime } from '../log-time.ts';

const TIME_KEYS = [
  'timestamp',
  '@timestamp',
  'time',
  'eventTime',
  'requestTimeEpoch',
  'requestTime',
] as const;
/** Below, a number is seconds: in milliseconds it would be before March 1973. */
const FIRST_MILLISECONDS = 100_000_000_000;
/** How far into a text a date may begin and still be the line's own. */
const DATE_WITHIN_CHARS = 64;
/** An access log names address and user before the time. */
const CLF_WITHIN_CHARS = 256;
/** Time without zone is UTC, as in Lambda; nginx writes slashes in its error log. */
const ISO_DATE = /(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?/;
const CLF_DATE = /\[?(\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\]?/;
/** `Nov 22 09:59:58` of syslog (RFC 3164), which names neither year nor zone. */
const SYSLOG_DATE = /^(?:<\d{1,3}>)?([A-Z][a-z]{2}) ([ 0-3]\d) (\d\d:\d\d:\d\d) /;
const DAY_MS = 86_400_000;

/**
 * Epoch milliseconds, or undefined when the line has no time or names one that does not exist. A date without a year is the last
 * such before `now`.
 */
export function lineTime(text: string, now: number): number | undefined {
  if (text.startsWith('{')) {
    const parsed = tryParse(text)?.value as Readonly<Record<string, unknown>> | undefined;
    if (parsed !== undefined) return timeOfFields(parsed);
  }
  return isoTime(text.slice(0, DATE_WITHIN_CHARS)) ?? accessTime(text) ?? syslogTime(text, now);
}

function timeOfFields(fields: Readonly<Record<string, unknown>>): number | undefined {
  for (const key of TIME_KEYS) {
    const value = fields[key];
    const time =
      typeof value === 'number'
        ? Math.round(value < FIRST_MILLISECONDS ? value * 1000 : value)
        : typeof value === 'string'
          ? (isoTime(value) ?? clfTime(value))
          : undefined;
    if (isLogTime(time)) return time;
  }
  return undefined;
}

function isoTime(text: string): number | undefined {
  const [found, year, month, day, clock, fraction = '', zone = 'Z'] = ISO_DATE.exec(text) ?? [];
  if (found === undefined) return undefined;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const time = Date.parse(`${year}-${month}-${day}T${clock}.${milliseconds}${withColon(zone)}`);
  return Number.isNaN(time) || time < 0 ? undefined : time;
}

function accessTime(text: string): number | undefined {
  const found = CLF_DATE.exec(text.slice(0, CLF_WITHIN_CHARS))?.[1];
  return found === undefined ? undefined : clfTime(found);
}

function syslogTime(text: string, now: number): number | undefined {
  const [, month, day = '', clock] = SYSLOG_DATE.exec(text) ?? [];
  if (month === undefined) return undefined;
  const inYear = (year: number): number | undefined =>
    clfTime(`${day.trim().padStart(2, '0')}/${month}/${year}:${clock} +0000`);
  const year = new Date(now).getUTCFullYear();
  const time = inYear(year);
  return time === undefined || time > now + DAY_MS ? inYear(year - 1) : time;
}

function withColon(zone: string): string {
  return zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
}
