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

/** ERROR and FATAL have none. */
type Shares = Readonly<Partial<Record<Level, Share>>> & { readonly INFO: Share };

/** The settings with an operator's configuration over them. */
interface InForce {
  readonly conf: SamplingConf | undefined;
  readonly slowMs: number;
  readonly rates: LevelRates;
  /** The operator's come before the function's; the more specific first among each. */
  readonly rules: readonly SamplingRule[];
  /** Where no rule is about a request. */
  readonly plain: Shares;
  /** Shares by route, for each tenant that a rule names and for the others together. */
  readonly named: ReadonlyMap<string | undefined, RecentMap<Shares>>;
  readonly others: RecentMap<Shares>;
}

/** Routes whose shares are remembered, for each tenant that a rule names and for the others together. */
const ROUTES = 256;

export class SamplingPolicy {
  readonly #settings: SamplingSettings;
  readonly adaptiveSlow: boolean;
  #inForce: InForce;

  constructor(settings: SamplingSettings) {
    this.#settings = settings;
    this.adaptiveSlow = settings.adaptiveSlow;
    this.#inForce = inForce(settings, undefined);
  }

  /** Milliseconds from which a request is slow in any case. */
  get slowMs(): number {
    return this.#inForce.slowMs;
  }

  /** Puts an operator's configuration over the settings until its end; costs nothing while it stays the same. */
  apply(conf: SamplingConf | undefined, epochMs: number): void {
    const valid = conf?.until === undefined || epochMs < conf.until ? conf : undefined;
    if (valid !== this.#inForce.conf) this.#inForce = inForce(this.#settings, valid);
  }

  /** The same for the same id wherever the same rates hold; what is kept at a rate is kept at every higher one. */
  decide(id: string, route: string, tenant: string): Decision {
    return new ByPosition(positionOf(id), sharesFor(this.#inForce, route, tenant));
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
    this.kept = isBelow(position, shares.INFO.below);
    this.weight = this.kept ? shares.INFO.weight : 1;
  }

  weightAt(level: Level): number {
    const share = this.#shares[level];
    if (share === undefined) return 1;
    return isBelow(this.#position, share.below) ? share.weight : 0;
  }
}

function inForce(settings: SamplingSettings, conf: SamplingConf | undefined): InForce {
  const rates = {
    ...settings.rates,
    ...(conf?.rate === undefined ? {} : { info: conf.rate }),
    ...conf?.levels,
  };
  const rules = [...bySpecificity(conf?.rules ?? []), ...bySpecificity(settings.rules)];
  return {
    conf,
    slowMs: conf?.slowMs ?? settings.slowMs,
    rates,
    rules,
    plain: sharesOf((level) => rates[level]),
    named: new Map(rules.map(({ tenant }) => [tenant, new RecentMap(ROUTES)])),
    others: new RecentMap(ROUTES),
  };
}

function sharesFor({ rates, rules, plain, named, others }: InForce, route: string, tenant: string): Shares {
  if (rules.length === 0) return plain;
  const byRoute = named.get(tenant) ?? others;
  let shares = byRoute.get(route);
  if (shares === undefined) {
    shares = sharesOf((level) => rateBy(rules, { route, tenant, level }, rates[level]));
    byRoute.set(route, shares);
  }
  return shares;
}

function sharesOf(rateAt: (level: SampledLevel) => number): Shares {
  const share = (level: SampledLevel): Share => {
    const rate = rateAt(level);
    return { below: thresholdOf(rate), weight: weightOf(rate) };
  };
  return { TRACE: share('trace'), DEBUG: share('debug'), INFO: share('info'), WARN: share('warn') };
}
