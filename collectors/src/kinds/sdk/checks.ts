/** Small checks on parsed JSON that name the field, what was expected and what came. */

/** The fault found, or undefined. */
export type Check = (value: unknown, path: string) => string | undefined;

/** An object whose named fields pass; other fields are not looked at. */
export function object(fields: Readonly<Record<string, Check>>): Check {
  const entries = Object.entries(fields);
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return fault(path, 'an object', value);
    const record = value as Readonly<Record<string, unknown>>;
    for (const [name, check] of entries) {
      const found = check(record[name], `${path}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** Passes also where the member is absent. */
export function maybe(check: Check): Check {
  return (value, path) => (value === undefined ? undefined : check(value, path));
}

/** An array of which every item passes. */
export function each(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return fault(path, 'an array', value);
    for (const [index, item] of value.entries()) {
      const found = check(item, `${path}[${index}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

export function oneOf(...allowed: readonly string[]): Check {
  return (value, path) =>
    typeof value === 'string' && allowed.includes(value)
      ? undefined
      : fault(path, allowed.join(' or '), value);
}

export const string: Check = (value, path) =>
  typeof value === 'string' ? undefined : fault(path, 'a string', value);

export const text: Check = (value, path) =>
  typeof value === 'string' && value !== '' ? undefined : fault(path, 'a non-empty string', value);

/** A whole number from 0. */
export const count: Check = (value, path) =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : fault(path, 'a whole number from 0', value);

export const number: Check = (value, path) =>
  typeof value === 'number' ? undefined : fault(path, 'a number', value);

/** `[bucket index, count]`. */
export const numberPair: Check = (value, path) =>
  Array.isArray(value) && value.length === 2 && value.every((item) => Number.isSafeInteger(item))
    ? undefined
    : fault(path, 'a pair of whole numbers', value);

function fault(path: string, expected: string, got: unknown): string {
  const came = got === null ? 'null' : Array.isArray(got) ? 'array' : typeof got;
  return `${path}: expected ${expected}, got ${came}`;
}
