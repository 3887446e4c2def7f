/** The prices of a region, and how far they are its own. */
import { EU_CENTRAL_1, INSTANCE_HOURS, PRICES_COLLECTED, type PriceKey, US_EAST_1 } from './prices.ts';

export interface PriceList {
  /** USD. */
  readonly price: (key: PriceKey) => number;
  /** USD an hour; undefined for a type that is not in the list. */
  readonly instanceHour: (type: string) => number | undefined;
  /** For people: which region, and when they were collected. */
  readonly note: string;
}

const OF_REGIONS: Readonly<Record<string, Readonly<Partial<Record<PriceKey, number>>>>> = {
  'us-east-1': {},
  'eu-central-1': EU_CENTRAL_1,
};

export function priceList(region: string): PriceList {
  const own = OF_REGIONS[region] ?? {};
  return {
    price: (key) => own[key] ?? US_EAST_1[key].usd,
    instanceHour: (type) => INSTANCE_HOURS[type],
    note: `List prices noted on ${PRICES_COLLECTED}, ${scopeOf(region)}, without free tiers, discounts and taxes.`,
  };
}

function scopeOf(region: string): string {
  if (region === 'us-east-1') return 'us-east-1';
  if (Object.hasOwn(OF_REGIONS, region)) {
    return `streams, functions and log lines as in ${region}, the rest priced as us-east-1 (which is too low)`;
  }
  return `${region} priced as us-east-1 (other regions may cost more)`;
}
