/** The list prices that cost panels begin with: us-east-1, without free tiers and discounts; a reader sets others at the top. */

export interface ListPrice {
  readonly usd: number;
  /** What one `usd` buys. */
  readonly per: string;
  readonly source: string;
}

/** Noted on 2026-11-23: the pages named are what holds. */
export const LIST_PRICES = {
  'kinesis.shardHour': {
    usd: 0.015,
    per: 'shard hour',
    source: 'https://aws.amazon.com/kinesis/data-streams/pricing/',
  },
  'kinesis.putUnits': {
    usd: 0.014,
    per: 'million payload units of 25 KB',
    source: 'https://aws.amazon.com/kinesis/data-streams/pricing/',
  },
  'lambda.requests': {
    usd: 0.2,
    per: 'million requests',
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  'lambda.gbSecond': {
    usd: 0.0000133334,
    per: 'GB second on arm64',
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  'opensearch.ocuHour': {
    usd: 0.24,
    per: 'capacity unit hour',
    source: 'https://aws.amazon.com/opensearch-service/pricing/',
  },
  'opensearch.nodeHour': {
    usd: 0.036,
    per: 'hour of a t3.small.search',
    source: 'https://aws.amazon.com/opensearch-service/pricing/',
  },
} as const satisfies Readonly<Record<string, ListPrice>>;

export type ListPriceKey = keyof typeof LIST_PRICES;
