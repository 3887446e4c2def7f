/** Item `CONF` / `SAMPLING` of the limits table: how all functions that read the table sample, until its end. */
import { is, members, RATE_CHECKS, type SamplingFault } from '../sampling/sampling-check.ts';
import type { SampledLevel, SamplingRule } from '../sampling/sampling-rule.ts';
import {
  type AttributeValue,
  number,
  readList,
  readMap,
  readNumber,
  readText,
  text,
} from './attribute-value.ts';
import type { DynamoDocument } from './dynamo-port.ts';
import { UnreadableItemError } from './unreadable-item.ts';

export const SAMPLING_SORT_KEY = 'SAMPLING';

/** What an operator says about sampling; a member that is left out stays as each function has it. */
export interface SamplingChange {
  /** Share of successful requests that are logged in depth, 0 to 1. */
  readonly rate?: number;
  readonly levels?: Partial<Record<SampledLevel, number>>;
  /** They come before the functions' own rules. */
  readonly rules?: readonly SamplingRule[];
  /** Milliseconds from which a request is slow in any case, 1 to 900,000. */
  readonly slowMs?: number;
  /** Epoch ms from which each function's own settings hold again; for good where it is left out. */
  readonly until?: number;
}

export interface SamplingConf extends SamplingChange {
  /** Rises with each change. */
  readonly ver: number;
}

const CHECKS = { ...RATE_CHECKS, until: is('epoch ms', Number.isFinite) };
const check = members(CHECKS);
/** A list of maps of values. */
const DEPTH = 3;

/** The configuration; undefined and reported where any of it is wrong: half of one might sample more than anybody wanted. */
export function readSamplingItem(
  item: DynamoDocument,
  ver: number,
  report: (problem: UnreadableItemError) => void,
): SamplingConf | undefined {
  const given = Object.fromEntries(
    Object.keys(CHECKS)
      .filter((name) => item[name] !== undefined)
      .map((name) => [name, plain(item[name], DEPTH)]),
  );
  const fault = changeFault(given);
  if (fault === undefined) return { ...(given as SamplingChange), ver };
  report(new UnreadableItemError('CONF SAMPLING', fault.field, fault.expected));
  return undefined;
}

/** What is wrong with a change, if anything. */
export function changeFault(change: unknown): SamplingFault | undefined {
  return check(change, '');
}

/** The attributes of a change, by name. */
export function samplingAttributes({
  rate,
  levels,
  rules,
  slowMs,
  until,
}: SamplingChange): Readonly<Record<string, AttributeValue | undefined>> {
  return {
    rate: rate === undefined ? undefined : number(rate),
    levels: levels === undefined ? undefined : { M: attributesOf({ ...levels }) },
    rules: rules === undefined ? undefined : { L: rules.map((rule) => ({ M: attributesOf({ ...rule }) })) },
    slowMs: slowMs === undefined ? undefined : number(slowMs),
    until: until === undefined ? undefined : number(until),
  };
}

function attributesOf(
  members: Readonly<Record<string, string | number | undefined>>,
): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) attributes[name] = typeof value === 'number' ? number(value) : text(value);
  }
  return attributes;
}

/** An attribute as the value that it stands for. What is of another type is null, which the check names. */
function plain(attribute: unknown, depth: number): unknown {
  const value = readText(attribute) ?? readNumber(attribute);
  if (value !== undefined || depth === 0) return value ?? null;
  const map = readMap(attribute);
  if (map === undefined) return readList(attribute)?.map((item) => plain(item, depth - 1)) ?? null;
  return Object.fromEntries(Object.entries(map).map(([name, item]) => [name, plain(item, depth - 1)]));
}
