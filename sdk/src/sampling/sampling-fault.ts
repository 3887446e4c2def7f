/** Finds what is wrong with sampling rates and rules, wherever they were written: in code, or by an operator. */
import { SAMPLED_LEVELS, type SampledLevel, type SamplingRule } from './sampling-rule.ts';

/** The members that code and the limits table have in common. */
export interface SamplingRates {
  readonly rate?: number | undefined;
  readonly levels?: Partial<Record<SampledLevel, number>> | undefined;
  readonly rules?: readonly SamplingRule[] | undefined;
  readonly slowMs?: number | undefined;
}

/** Path of the wrong member, what it should be and what it is. */
export interface SamplingFault {
  readonly field: string;
  readonly expected: string;
  readonly got: unknown;
}

/** Each costs a comparison the first time that a route is seen. */
const MAX_RULES = 200;
const MAX_NAME_CHARS = 512;
const RULE_MEMBERS = ['route', 'tenant', 'level', 'rate'];
/** The longest that Lambda lets a function run. */
const LONGEST_MS = 900_000;

/** The first fault among the four members; a member that is undefined is none. */
export function samplingFault({ rate, levels, rules, slowMs }: SamplingRates): SamplingFault | undefined {
  if (rate !== undefined && !isShare(rate)) return notShare('rate', rate);
  return (
    (levels === undefined ? undefined : levelsFault(levels)) ??
    (rules === undefined ? undefined : rulesFault(rules)) ??
    (slowMs === undefined ? undefined : numberFault('slowMs', slowMs, { from: 1, to: LONGEST_MS }))
  );
}

export function numberFault(
  field: string,
  got: unknown,
  { from, to }: { readonly from: number; readonly to: number },
): SamplingFault | undefined {
  if (typeof got === 'number' && got >= from && got <= to) return undefined;
  return { field, expected: `a number from ${from} to ${to}`, got };
}

function levelsFault(levels: unknown): SamplingFault | undefined {
  if (!isObject(levels)) return { field: 'levels', expected: 'an object of rates by level', got: levels };
  for (const [level, rate] of Object.entries(levels)) {
    const field = `levels.${level}`;
    if (!isLevel(level))
      return { field, expected: `one of the levels ${SAMPLED_LEVELS.join(', ')}`, got: level };
    if (rate !== undefined && !isShare(rate)) return notShare(field, rate);
  }
  return undefined;
}

function rulesFault(rules: unknown): SamplingFault | undefined {
  if (!Array.isArray(rules) || rules.length > MAX_RULES) {
    return { field: 'rules', expected: `a list of at most ${MAX_RULES} rules`, got: rules };
  }
  for (const [index, rule] of rules.entries()) {
    const fault = ruleFault(rule, `rules[${index}]`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function ruleFault(rule: unknown, path: string): SamplingFault | undefined {
  if (!isObject(rule)) return { field: path, expected: 'an object with a rate', got: rule };
  // A misspelt name would widen the rule to everything.
  const stray = Object.keys(rule).find((name) => !RULE_MEMBERS.includes(name));
  if (stray !== undefined) {
    return { field: `${path}.${stray}`, expected: `one of ${RULE_MEMBERS.join(', ')}`, got: stray };
  }
  const { route, tenant, level, rate } = rule;
  if (route !== undefined && !(isName(route) && !route.slice(0, -1).includes('*'))) {
    return { field: `${path}.route`, expected: 'a route, with * at its end or not at all', got: route };
  }
  if (tenant !== undefined && !isName(tenant)) {
    return { field: `${path}.tenant`, expected: 'the name of a tenant', got: tenant };
  }
  if (level !== undefined && !isLevel(level)) {
    return { field: `${path}.level`, expected: `one of ${SAMPLED_LEVELS.join(', ')}`, got: level };
  }
  return isShare(rate) ? undefined : notShare(`${path}.rate`, rate);
}

function notShare(field: string, got: unknown): SamplingFault {
  return { field, expected: 'a number from 0 to 1', got };
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function isLevel(value: unknown): value is SampledLevel {
  return SAMPLED_LEVELS.some((level) => level === value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME_CHARS;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
