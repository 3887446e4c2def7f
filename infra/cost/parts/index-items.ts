/** What the index costs: a domain by its nodes, a collection by its capacity units, an existing one nothing more. */
import type { Size } from '../../aws/sizes/size.ts';
import { type CostItem, GB, HOURS_A_MONTH, item, nodeItem } from '../cost-item.ts';
import type { PriceList } from '../price-list.ts';
import type { Usage } from '../traffic.ts';

export type IndexChoice = 'domain' | 'existing' | 'serverless';

export interface IndexItems {
  readonly items: readonly CostItem[];
  /** Instance types without a price in the list. */
  readonly unpriced: readonly string[];
}

/** OpenSearch Serverless begins with half a unit for each kind of work, twice where there is a standby. */
const LEAST_UNITS = 1;
const LEAST_UNITS_WITH_STANDBY = 2;

export function indexItems(size: Size, usage: Usage, choice: IndexChoice, prices: PriceList): IndexItems {
  if (choice === 'existing') return { items: [], unpriced: [] };
  return choice === 'serverless'
    ? { items: collectionItems(size, usage, prices), unpriced: [] }
    : domainItems(size, prices);
}

function domainItems({ search }: Size, prices: PriceList): IndexItems {
  const nodes = [
    { part: 'OpenSearch data nodes', count: search.dataNodes, type: search.dataInstanceType },
    { part: 'OpenSearch master nodes', count: search.masterNodes, type: search.masterInstanceType },
  ].filter(({ count }) => count > 0);
  const storage = search.dataNodes * search.volumeGb;
  return {
    items: [
      ...nodes.flatMap(({ part, count, type }): CostItem[] => {
        const usd = prices.instanceHour(type);
        return usd === undefined ? [] : [nodeItem(part, count, type, usd)];
      }),
      item(prices, 'OpenSearch storage', storage, 'GB of gp3', 'opensearch.gp3Gb'),
    ],
    unpriced: nodes.flatMap(({ type }) => (prices.instanceHour(type) === undefined ? [type] : [])),
  };
}

function collectionItems({ search }: Size, usage: Usage, prices: PriceList): readonly CostItem[] {
  const units = search.zones === 1 ? LEAST_UNITS : LEAST_UNITS_WITH_STANDBY;
  return [
    item(
      prices,
      'OpenSearch Serverless, at least',
      units * HOURS_A_MONTH,
      'capacity unit hours',
      'opensearch.ocuHour',
    ),
    item(
      prices,
      'OpenSearch Serverless storage, a month of documents',
      usage.sdkBytes / GB,
      'GB',
      'opensearch.serverlessGb',
    ),
  ];
}
