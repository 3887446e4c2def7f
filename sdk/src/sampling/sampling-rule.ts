/** What a sampling rule is, which requests it is about, and which of several wins. */
import type { Level } from '../wire/record.ts';

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
  return [...rules].sort(
    (a, b) =>
      Number(b.tenant !== undefined) - Number(a.tenant !== undefined) ||
      routeRank(b.route) - routeRank(a.route) ||
      Number(b.level !== undefined) - Number(a.level !== undefined),
  );
}

/** The rate of the first rule that is about this; `otherwise` where none is. */
export function rateBy(
  rules: readonly SamplingRule[],
  about: { readonly route: string; readonly tenant: string; readonly level: SampledLevel },
  otherwise: number,
): number {
  const rule = rules.find(
    ({ route, tenant, level = 'info' }) =>
      level === about.level &&
      (tenant === undefined || tenant === about.tenant) &&
      (route === undefined || isOfRoute(about.route, route)),
  );
  return rule?.rate ?? otherwise;
}

/** Undefined for ERROR and FATAL. */
export function sampledLevel(level: Level): SampledLevel | undefined {
  switch (level) {
    case 'TRACE':
      return 'trace';
    case 'DEBUG':
      return 'debug';
    case 'INFO':
      return 'info';
    case 'WARN':
      return 'warn';
    case 'ERROR':
    case 'FATAL':
      return undefined;
  }
}

function isOfRoute(route: string, pattern: string): boolean {
  return pattern.endsWith('*') ? route.startsWith(pattern.slice(0, -1)) : route === pattern;
}

/** Exact routes above all beginnings; no route is the lowest. */
function routeRank(route: string | undefined): number {
  if (route === undefined) return -1;
  return route.endsWith('*') ? route.length - 1 : Number.MAX_SAFE_INTEGER;
}
