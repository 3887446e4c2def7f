/** Reads and writes DynamoDB attribute values without trusting what a table holds. */

export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly SS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Readonly<Record<string, AttributeValue>> };

export function text(value: string): AttributeValue {
  return { S: value };
}

export function number(value: number): AttributeValue {
  return { N: String(value) };
}

export function readText(value: unknown): string | undefined {
  const read = isObject(value) ? value.S : undefined;
  return typeof read === 'string' ? read : undefined;
}

/** A finite number, or undefined. */
export function readNumber(value: unknown): number | undefined {
  const read = isObject(value) ? value.N : undefined;
  if (typeof read !== 'string' || read.trim() === '') return undefined;
  const parsed = Number(read);
  return Number.isFinite(parsed) ? parsed : undefined;
}

export function readMap(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const read = isObject(value) ? value.M : undefined;
  return isObject(read) ? read : undefined;
}

export function readList(value: unknown): readonly unknown[] | undefined {
  const read = isObject(value) ? value.L : undefined;
  return Array.isArray(read) ? read : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
