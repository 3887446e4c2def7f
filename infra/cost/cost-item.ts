/** One line of an estimate. */
import type { PriceList } from './price-list.ts';
import type { PriceKey } from './prices.ts';

export interface CostItem {
  /** What is paid for, as a platform engineer calls it. */
  readonly part: string;
  /** A month's amount, in `unit`. */
  readonly quantity: number;
  readonly unit: string;
  readonly usdPerMonth: number;
}

export const HOURS_A_MONTH = 730;
export const GB = 1e9;

/** Instances of OpenSearch, by the hour. */
export function nodeItem(part: string, count: number, type: string, usdPerHour: number): CostItem {
  const quantity = count * HOURS_A_MONTH;
  return { part, quantity, unit: `hours of ${type}`, usdPerMonth: quantity * usdPerHour };
}

export function item(
  prices: PriceList,
  part: string,
  quantity: number,
  unit: string,
  key: PriceKey,
): CostItem {
  return { part, quantity, unit, usdPerMonth: quantity * prices.price(key) };
}
