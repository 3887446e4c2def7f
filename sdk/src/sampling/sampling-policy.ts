/** Decides for each request what of its detail is written, by the settings in force: the function's, and an operator's over them. */
import type { SamplingConf } from '../limits/sampling-item.ts';
import type { Level } from '../wire/record.ts';
import { type Bits56, isBelow, positionOf, thresholdOf, weightOf } from './keep.ts';
import { RecentMap } from './recent-map.ts';
import {
  bySpecificity,
  type LevelRates,
  rateBy,
  type SampledLevel,
  type SamplingRule,
  sampledLevel,
} from './sampling-rule.ts';
import type { SamplingSettings } from './settings.ts';

export interface Decision {
  /** Logged in depth: its info lines and the request record are written. */
  readonly kept: boolean;
  /** How many requests a kept one stands for; 1 where it is not kept. */
  readonly weight: number;
  /** How many lines one of this level stands for; 0 where it is not written unless the request fails or is slow. */
  weightAt(level: Level): number;
}

interface Share {
  readonly below: Bits56;
  readonly weight: number;
}

type Shares = Readonly<Record<SampledLevel, Share>>;

/** Routes whose shares are remembered, for each tenant that a rule names and for the others together. */
const ROUTES = 256;

export class SamplingPolicy {
  readonly #settings: SamplingSettings;
  readonly adaptiveSlow: boolean;
  #conf: SamplingConf | undefined;
  #rates: LevelRates;
  #slowMs: number;
  /** The operator's come before the function's; the more specific first among each. */
  #rules: readonly SamplingRule[] = [];
  /** Where no rule is about a request. */
  #plain: Shares;
  /** Shares by route, for each tenant that a rule names. */
  #byTenant = new Map<string, RecentMap<Shares>>();
  #byRoute = new RecentMap<Shares>(ROUTES);

  constructor(settings: SamplingSettings) {
    this.#settings = settings;
    this.adaptiveSlow = settings.adaptiveSlow;
    this.#rates = settings.rates;
    this.#slowMs = settings.slowMs;
    this.#plain = sharesOf(settings.rates);
    this.#use(undefined);
  }

  /** Milliseconds from which a request is slow in any case. */
  get slowMs(): number {
    return this.#slowMs;
  }

  /** Puts an operator's configuration over the settings until its end; costs nothing while it stays the same. */
  apply(conf: SamplingConf | undefined, epochMs: number): void {
    const inForce = conf?.until === undefined || epochMs < conf.until ? conf : undefined;
    if (inForce !== this.#conf) this.#use(inForce);
  }

  /** The same for the same id wherever the same rates hold; what is kept at a rate is kept at every higher one. */
  decide(id: string, route: string, tenant: string): Decision {
    return new ByPosition(
      positionOf(id),
      this.#rules.length === 0 ? this.#plain : this.#shares(route, tenant),
    );
  }

  #use(conf: SamplingConf | undefined): void {
    const { rates, rules, slowMs } = this.#settings;
    this.#conf = conf;
    this.#slowMs = conf?.slowMs ?? slowMs;
    this.#rates = { ...rates, ...(conf?.rate === undefined ? {} : { info: conf.rate }), ...conf?.levels };
    this.#rules = [...bySpecificity(conf?.rules ?? []), ...bySpecificity(rules)];
    this.#plain = sharesOf(this.#rates);
    const named = this.#rules.flatMap(({ tenant }) => (tenant === undefined ? [] : [tenant]));
    this.#byTenant = new Map(named.map((tenant) => [tenant, new RecentMap<Shares>(ROUTES)]));
    this.#byRoute = new RecentMap(ROUTES);
  }

  #shares(route: string, tenant: string): Shares {
    const known = this.#byTenant.get(tenant) ?? this.#byRoute;
    const found = known.get(route);
    if (found !== undefined) return found;
    const rateAt = (level: SampledLevel): number =>
      rateBy(this.#rules, { route, tenant, level }, this.#rates[level]);
    const shares = sharesOf({
      trace: rateAt('trace'),
      debug: rateAt('debug'),
      info: rateAt('info'),
      warn: rateAt('warn'),
    });
    known.set(route, shares);
    return shares;
  }
}

class ByPosition implements Decision {
  readonly kept: boolean;
  readonly weight: number;
  readonly #position: Bits56;
  readonly #shares: Shares;

  constructor(position: Bits56, shares: Shares) {
    this.#position = position;
    this.#shares = shares;
    this.kept = isBelow(position, shares.info.below);
    this.weight = this.kept ? shares.info.weight : 1;
  }

  weightAt(level: Level): number {
    const sampled = sampledLevel(level);
    if (sampled === undefined) return 1;
    const { below, weight } = this.#shares[sampled];
    return isBelow(this.#position, below) ? weight : 0;
  }
}

function sharesOf({ trace, debug, info, warn }: LevelRates): Shares {
  return { trace: shareOf(trace), debug: shareOf(debug), info: shareOf(info), warn: shareOf(warn) };
}

function shareOf(rate: number): Share {
  return { below: thresholdOf(rate), weight: weightOf(rate) };
}
