/** Checks sampling rates and rules wherever they were written, in code or by an operator, and names what is wrong. */
import { SAMPLED_LEVELS, type SampledLevel } from './sampling-rule.ts';

/** Path of the wrong member, what it should be and what it is. */
export interface SamplingFault {
  readonly field: string;
  readonly expected: string;
  readonly got: unknown;
}

/** The fault found, or undefined; what is undefined has none unless it is needed. */
export type Check = (value: unknown, path: string) => SamplingFault | undefined;

/** Each costs a comparison the first time that a route is seen. */
const MAX_RULES = 200;
const MAX_NAME_CHARS = 512;
/** The longest that Lambda lets a function run. */
const LONGEST_MS = 900_000;

export function is(expected: string, holds: (value: unknown) => boolean): Check {
  return (got, field) => (got === undefined || holds(got) ? undefined : { field, expected, got });
}

/** A number with both ends included. */
export function within(from: number, to: number): Check {
  return is(
    `a number from ${from} to ${to}`,
    (value) => typeof value === 'number' && value >= from && value <= to,
  );
}

/** An object of these members alone: a misspelt name in a rule would widen it to everything. */
export function members(checks: Readonly<Record<string, Check>>): Check {
  const names = Object.keys(checks).join(', ');
  const isObject = is(
    `an object of ${names}`,
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  return (value, path) => {
    const fault = isObject(value, path);
    if (value === undefined || fault !== undefined) return fault;
    const given = value as Readonly<Record<string, unknown>>;
    for (const name of Object.keys({ ...given, ...checks })) {
      const field = path === '' ? name : `${path}.${name}`;
      const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
      const found = check ? check(given[name], field) : { field, expected: `one of ${names}`, got: name };
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

const share = within(0, 1);
const rule = members({
  route: is('a route, with * only at its end', (value) => isName(value) && !value.slice(0, -1).includes('*')),
  tenant: is('the name of a tenant', isName),
  level: is(`one of ${SAMPLED_LEVELS.join(', ')}`, (value) => SAMPLED_LEVELS.includes(value as SampledLevel)),
  rate: (value, path) => share(value ?? null, path),
});
const ruleList = is(
  `a list of at most ${MAX_RULES} rules`,
  (value) => Array.isArray(value) && value.length <= MAX_RULES,
);

/** The members that code and the limits table have in common. */
export const RATE_CHECKS: Readonly<Record<'rate' | 'levels' | 'rules' | 'slowMs', Check>> = {
  rate: share,
  levels: members(Object.fromEntries(SAMPLED_LEVELS.map((level) => [level, share]))),
  rules: (value, path) =>
    ruleList(value, path) ??
    Array.from((value ?? []) as readonly unknown[], (one, index) =>
      rule(one ?? null, `${path}[${index}]`),
    ).find((fault) => fault !== undefined),
  slowMs: within(1, LONGEST_MS),
};

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME_CHARS;
}
