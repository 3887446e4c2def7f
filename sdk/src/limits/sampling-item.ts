/** Item `CONF` / `SAMPLING` of the limits table: how all functions that read the table sample, until its end. */
import { samplingFault } from '../sampling/sampling-fault.ts';
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

type Members = Readonly<Record<string, unknown>>;

/** The configuration, or what is wrong with the item: half of one might sample more than anybody wanted. */
export function readSamplingItem(item: DynamoDocument, ver: number): SamplingConf | UnreadableItemError {
  const given: Members = {
    ...member('rate', item.rate, plainNumber),
    ...member('levels', item.levels, plainLevels),
    ...member('rules', item.rules, plainRules),
    ...member('slowMs', item.slowMs, plainNumber),
    ...member('until', item.until, plainNumber),
  };
  const fault = changeFault(given);
  if (fault !== undefined) return new UnreadableItemError('CONF SAMPLING', fault.field, fault.expected);
  return { ...(given as SamplingChange), ver };
}

/** What is wrong with a change, if anything. */
export function changeFault(change: SamplingChange): ReturnType<typeof samplingFault> {
  const { until } = change;
  if (until !== undefined && typeof until !== 'number') {
    return { field: 'until', expected: 'a time in epoch ms', got: until };
  }
  return samplingFault(change);
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

function member(name: string, attribute: unknown, read: (attribute: unknown) => unknown): Members {
  return attribute === undefined ? {} : { [name]: read(attribute) };
}

/** What is of another type is null, which the check names. */
function plainNumber(attribute: unknown): number | null {
  return readNumber(attribute) ?? null;
}

function plainLevels(attribute: unknown): Members | null {
  const levels = readMap(attribute);
  return levels === undefined ? null : mapValues(levels, plainNumber);
}

function plainRules(attribute: unknown): readonly unknown[] | null {
  return readList(attribute)?.map(plainRule) ?? null;
}

function plainRule(attribute: unknown): Members | null {
  const rule = readMap(attribute);
  if (rule === undefined) return null;
  return mapValues(rule, (value) => readText(value) ?? plainNumber(value));
}

function mapValues(values: Members, read: (value: unknown) => unknown): Members {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, read(value)]));
}
