/** Says which caps bind a client's request at a moment: a pure function of its cap item, for every instance the same. */
import type {
  BaseLimit,
  CapMode,
  ClientCaps,
  DetectorCap,
  LimiterMode,
  OperatorCap,
  RouteClass,
} from './cap-item.ts';

/** A rate that the requests of one bucket keep to. */
export interface BindingCap {
  /** Class of the bucket: `*`, or the route class that the cap names. */
  readonly cls: RouteClass;
  /** Requests a second; 0 is a block. */
  readonly rate: number;
  readonly burst: number;
  /** Detector with the lowest rate, or `operator`. */
  readonly rule: string;
  readonly ver: number;
  /** Epoch ms at which the cap named by `rule` is over. */
  readonly end: number;
}

export interface EffectiveCap {
  readonly rate: number;
  readonly burst: number;
  /** `base` where nothing lowers it. */
  readonly rule: string;
}

/** Steps in which a cap rises to the base after its hold, so that the advertised policy stays put between responses. */
const RAMP_STEPS = 10;

/**
 * The rate that holds for one route class. An active operator decides alone; otherwise the lowest enforced and
 * unexpired detector cap, never below the floor and never above the base.
 */
export function effectiveCap(
  caps: ClientCaps,
  base: BaseLimit,
  cls: RouteClass,
  now: number,
  mode: LimiterMode = 'enforce',
): EffectiveCap {
  const unlimited: EffectiveCap = { rate: base.rate, burst: base.burst, rule: 'base' };
  if (mode !== 'enforce') return unlimited;
  const operator = activeOperator(caps, now);
  if (operator?.kind === 'allow') {
    const rate = Math.max(base.rate, operator.rate);
    return { rate, burst: burstFor(rate, base), rule: 'operator' };
  }
  return bindingCaps(caps, base, cls, now, 'enforce').reduce<EffectiveCap>(
    (lowest, cap) => ({
      rate: Math.min(lowest.rate, cap.rate),
      burst: Math.min(lowest.burst, cap.burst),
      rule: cap.rate <= lowest.rate ? cap.rule : lowest.rule,
    }),
    operator === undefined ? unlimited : { rate: Infinity, burst: Infinity, rule: 'operator' },
  );
}

/**
 * The buckets that a request of class `cls` must pass: one for the caps on every route, one for those on its class.
 * None means that nothing but the base holds.
 */
export function bindingCaps(
  caps: ClientCaps,
  base: BaseLimit,
  cls: RouteClass,
  now: number,
  mode: CapMode,
): readonly BindingCap[] {
  const operator = activeOperator(caps, now);
  if (operator !== undefined) {
    if (operator.kind === 'allow' || mode === 'shadow') return [];
    const rate = operator.kind === 'block' ? 0 : operator.rate;
    const burst = burstFor(rate, base);
    return [{ cls: '*', rate, burst, rule: 'operator', ver: caps.ver, end: operator.end }];
  }
  return [...new Set(['*', cls])]
    .map((one) => lowestCap(caps, base, one, now, mode))
    .filter((cap) => cap !== undefined);
}

function activeOperator({ operator }: ClientCaps, now: number): OperatorCap | undefined {
  return operator !== undefined && now < operator.end ? operator : undefined;
}

/** An operator names a rate only: the burst keeps the base's proportion. */
function burstFor(rate: number, base: BaseLimit): number {
  return Math.max(1, (rate * base.burst) / base.rate);
}

function lowestCap(
  caps: ClientCaps,
  base: BaseLimit,
  cls: RouteClass,
  now: number,
  mode: CapMode,
): BindingCap | undefined {
  const binding = Object.entries(caps.detectors)
    .filter(([, cap]) => cap.cls === cls && cap.mode === mode && now < cap.end)
    .map(([rule, cap]): BindingCap => {
      const step = rampStep(cap, now);
      const rate = clamp(rise(cap.rate, base.rate, step), base.floor, base.rate);
      const burst = clamp(rise(cap.burst, base.burst, step), 1, base.burst);
      return { cls, rate, burst, rule, ver: caps.ver, end: cap.end };
    })
    .sort((a, b) => a.rate - b.rate || (a.rule < b.rule ? -1 : 1));
  const [lowest] = binding;
  return lowest && { ...lowest, burst: Math.min(...binding.map(({ burst }) => burst)) };
}

function rampStep(cap: DetectorCap, now: number): number {
  if (now < cap.hold) return 0;
  return Math.floor((RAMP_STEPS * (now - cap.hold)) / (cap.end - cap.hold));
}

function rise(from: number, to: number, step: number): number {
  return from >= to ? to : from + ((to - from) * step) / RAMP_STEPS;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
