/** Turns plain values into DynamoDB's attribute values and back, as far as the shop's items need them. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type PlainValue = string | number | readonly PlainValue[] | PlainRecord;
export interface PlainRecord {
  readonly [name: string]: PlainValue;
}

export type Item = Record<string, AttributeValue>;

export function toItem(record: PlainRecord): Item {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, toAttribute(value)]));
}

/** Attributes of other types come back as undefined: the reader's schema says what it misses. */
export function fromItem(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, fromAttribute(value)]));
}

function toAttribute(value: PlainValue): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  return isList(value) ? { L: value.map(toAttribute) } : { M: toItem(value) };
}

function isList(value: readonly PlainValue[] | PlainRecord): value is readonly PlainValue[] {
  return Array.isArray(value);
}

function fromAttribute(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.L !== undefined) return value.L.map(fromAttribute);
  return value.M === undefined ? undefined : fromItem(value.M);
}
