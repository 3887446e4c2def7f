/** What a deployment costs a month, part by part, at list prices: rough on purpose, and the same for command, docs and tests. */
import type { AlarmOptions } from '../aws/alarms/alarm-options.ts';
import { planAlarms } from '../aws/alarms/alarm-plan.ts';
import type { Size } from '../aws/sizes/size.ts';
import type { CostItem } from './cost-item.ts';
import { apiItems } from './parts/api-items.ts';
import { functionItems } from './parts/function-items.ts';
import { type IndexChoice, indexItems } from './parts/index-items.ts';
import { networkItems } from './parts/network-items.ts';
import { storeItems } from './parts/store-items.ts';
import { streamItems } from './parts/stream-items.ts';
import { watchItems } from './parts/watch-items.ts';
import { priceList } from './price-list.ts';
import { sizeCapacities } from './size-capacities.ts';
import { type Traffic, type Usage, usageOf } from './traffic.ts';

export interface EstimateOptions {
  /** @default 'us-east-1' */
  readonly region?: string;
  /** @default 'domain' */
  readonly index?: IndexChoice;
  /** @default the size's; 'public' with an index that is not a domain of ours */
  readonly network?: 'public' | 'private';
  /** @default every alarm that fits */
  readonly alarms?: boolean | AlarmOptions;
  /** @default true */
  readonly dashboard?: boolean;
  /** Whether the secure API is part of it. @default false */
  readonly api?: boolean;
}

export interface Estimate {
  /** Most expensive first. */
  readonly items: readonly CostItem[];
  /** USD a month of what has a price. */
  readonly total: number;
  /** Of `total`, what there is to pay without a single request. */
  readonly idle: number;
  /** What is not in `total`, because the list has no price for it. */
  readonly unpriced: readonly string[];
  /** Which prices these are. */
  readonly note: string;
}

/** @throws TrafficError naming the figure that cannot be used */
export function estimate(size: Size, traffic: Traffic, options: EstimateOptions = {}): Estimate {
  const usage = usageOf(traffic);
  const { items, unpriced } = itemsOf(size, usage, options);
  const sorted = items.toSorted((one, other) => other.usdPerMonth - one.usdPerMonth);
  return {
    items: sorted,
    total: sum(sorted),
    idle: idleTotal(size, traffic, options),
    unpriced,
    note: priceList(options.region ?? 'us-east-1').note,
  };
}

function itemsOf(size: Size, usage: Usage, options: EstimateOptions): Pick<Estimate, 'items' | 'unpriced'> {
  const { region = 'us-east-1', index = 'domain', dashboard = true, api = false } = options;
  const prices = priceList(region);
  const indexed = indexItems(size, usage, index, prices);
  const network = options.network ?? (index === 'domain' ? size.network : 'public');
  const watched = { alarms: alarmMetrics(size, usage, index, options.alarms), dashboard };
  return {
    items: [
      ...streamItems(size, usage, prices),
      ...functionItems(size, usage, prices),
      ...indexed.items,
      ...storeItems(size, usage, prices),
      ...watchItems(size, usage, watched, prices),
      ...networkItems(size, usage, network, prices),
      ...(api ? apiItems(usage, prices) : []),
    ],
    unpriced: indexed.unpriced,
  };
}

/** An alarm is paid for by the metric: one over all subscriptions has as many as there are functions. */
function alarmMetrics(
  size: Size,
  usage: Usage,
  index: IndexChoice,
  alarms: boolean | AlarmOptions = true,
): number {
  if (alarms === false) return 0;
  const planned = planAlarms(sizeCapacities(size, index), alarms === true ? {} : alarms);
  return planned.reduce((metrics, { kind }) => {
    if (kind.part === 'subscriptions') return metrics + Math.max(1, usage.functions);
    return metrics + (kind.part === 'services' ? usage.services : 1);
  }, 0);
}

function idleTotal(size: Size, traffic: Traffic, options: EstimateOptions): number {
  const idle = { ...traffic, requestsPerSecond: 0 };
  return sum(itemsOf(size, usageOf(idle), options).items);
}

function sum(items: readonly CostItem[]): number {
  return items.reduce((total, { usdPerMonth }) => total + usdPerMonth, 0);
}
