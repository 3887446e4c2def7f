/** Reads the fields of an order, or says which one is not as it has to be. */
import { badField } from './api-route.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Throws `ApiError`, as all of these do. */
export function oneOf<T extends string>(fields: Fields, name: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === fields[name]);
  if (found === undefined) throw badField(name, `one of ${allowed.join(', ')}`, fields[name]);
  return found;
}

/** Text of `least` to `most` characters without a lone surrogate, which no table could keep. */
export function textField(fields: Fields, name: string, least: number, most: number): string {
  const value = fields[name];
  const expected = `text of ${least} to ${most} characters`;
  if (typeof value !== 'string' || value.length < least || value.length > most) {
    throw badField(name, expected, value);
  }
  if (!value.isWellFormed()) throw badField(name, `${expected} that is well-formed Unicode`, value);
  return value;
}

/** A number from `least` to `most`. */
export function numberField(fields: Fields, name: string, least: number, most: number): number {
  const value = fields[name];
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    throw badField(name, `a number from ${least} to ${most}`, value);
  }
  return value;
}
