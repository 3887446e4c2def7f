/** Makes names, units and values fit for CloudWatch, which drops a whole document for one that is not. */
import { METRIC_UNITS } from '../wire/metric-names.ts';

/** CloudWatch's limit on the name of a metric. */
export const MAX_METRIC_CHARS = 255;
/** The format's limit on the name of a dimension. */
export const MAX_DIMENSION_CHARS = 250;
export const MAX_VALUE_CHARS = 1024;
const MAX_NAMESPACE_CHARS = 255;

/** Printable ASCII, no colon at the front, and nothing that JSON would escape: true of nearly all names. */
const PLAIN = /^[\x20\x21\x23-\x39\x3b-\x5b\x5d-\x7e][\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const NOT_PRINTABLE = /[^\x20-\x7e]/g;
const NAMESPACE = /^[0-9A-Za-z.\-_/#][0-9A-Za-z.\-_/#:]{0,254}$/;
const NOT_NAMESPACE = /[^0-9A-Za-z.\-_/#: ]/g;

const UNITS: ReadonlySet<unknown> = new Set(METRIC_UNITS);

/** CloudWatch takes nothing beyond. */
const LARGEST = 2 ** 360;

export function isUnit(unit: unknown): unit is string {
  return UNITS.has(unit);
}

export function isMetricValue(value: unknown): value is number {
  return typeof value === 'number' && value >= -LARGEST && value <= LARGEST;
}

/** Undefined for what nothing is left of. */
export function cleanName(text: unknown, maxChars: number): string | undefined {
  if (typeof text !== 'string') return undefined;
  if (text.length <= maxChars && PLAIN.test(text) && text.charCodeAt(0) !== 32) return text;
  const printable = text.replace(NOT_PRINTABLE, '_').trim().slice(0, maxChars).trimEnd();
  return printable === '' ? undefined : printable.replace(/^:/, '_');
}

/** The name itself, or with the first number behind it that makes it free. */
export function freeName(name: string, maxChars: number, taken: readonly Names[]): string {
  let free = name;
  for (let i = 2; taken.some((names) => names.has(free)); i++) {
    const ending = `_${i}`;
    free = name.slice(0, maxChars - ending.length) + ending;
  }
  return free;
}

/** A set, or a map by name. */
export interface Names {
  has(name: string): boolean;
}

export function cleanNamespace(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  if (NAMESPACE.test(text)) return text;
  return cleanName(text.replace(NOT_NAMESPACE, '_'), MAX_NAMESPACE_CHARS);
}

/** JSON text of what `cleanName` gave. */
export function quoted(name: string): string {
  return PLAIN.test(name) ? `"${name}"` : JSON.stringify(name);
}
