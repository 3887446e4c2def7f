/** What a sampling rule is, which requests it is about, and which of several wins. */
/** Levels that are sampled; ERROR and FATAL lines are always written. */
export const SAMPLED_LEVELS = ['trace', 'debug', 'info', 'warn'] as const;
export type SampledLevel = (typeof SAMPLED_LEVELS)[number];

/** Shares by level, each from 0 to 1. */
export type LevelRates = Readonly<Record<SampledLevel, number>>;

/** A rate for some requests. What is left out matches everything, except `level`, which stands for `info`. */
export interface SamplingRule {
  /** A route as records name it (`GET /orders/{id}`), or the beginning of routes with a `*` behind it. */
  readonly route?: string;
  readonly tenant?: string;
  /** `info` is also what keeps the request record. @default 'info' */
  readonly level?: SampledLevel;
  /** Share that is kept, from 0 to 1. */
  readonly rate: number;
}

/**
 * The rules with the more specific ones first: one that names the tenant, then an exact route, then the longer
 * beginning of a route, then one that names the level. Of two alike, the one given first.
 */
export function bySpecificity(rules: readonly SamplingRule[]): readonly SamplingRule[] {
  return [...rules].sort((a, b) => rank(b) - rank(a));
}

/** The rate of the first rule that is about this; `otherwise` where none is. */
export function rateBy(
  rules: readonly SamplingRule[],
  about: { readonly route: string; readonly tenant: string; readonly level: SampledLevel },
  otherwise: number,
): number {
  const rule = rules.find(
    ({ route = '*', tenant = about.tenant, level = 'info' }) =>
      level === about.level &&
      tenant === about.tenant &&
      (route.endsWith('*') ? about.route.startsWith(route.slice(0, -1)) : route === about.route),
  );
  return rule?.rate ?? otherwise;
}

/** Above the longest route, and above twice that. */
const EXACT_ROUTE = 1e6;
const TENANT = 1e7;

function rank({ route = '', tenant, level }: SamplingRule): number {
  const place = route === '' || route.endsWith('*') ? route.length : EXACT_ROUTE;
  return 2 * place + (tenant === undefined ? 0 : TENANT) + (level === undefined ? 0 : 1);
}
