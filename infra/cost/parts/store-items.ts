/** What state costs: snapshots and set-aside lines in S3, caps and tokens in DynamoDB, the key of everything. */
import type { Size } from '../../aws/sizes/size.ts';
import { type CostItem, item } from '../cost-item.ts';
import type { PriceList } from '../price-list.ts';
import { SECONDS_A_MONTH, type Usage } from '../traffic.ts';
import { detectorBatches } from './function-items.ts';

/** The limiter in a calm month, counted: shared buckets written and caps polled, a request (sdk/limits, three tiers). */
const WRITES_A_REQUEST = 0.05;
const POLLS_A_REQUEST = 0.06;
/** An eventually consistent read of up to 4 KB. */
const UNITS_A_POLL = 0.5;
/** Streams, tables, topics, log groups and functions ask the key for data keys; buckets have a bucket key. */
const KEY_REQUESTS = 200_000;

export function storeItems(size: Size, usage: Usage, prices: PriceList): readonly CostItem[] {
  const batches = detectorBatches(size, usage) * SECONDS_A_MONTH;
  const writes = (usage.requests * WRITES_A_REQUEST) / 1e6;
  const reads = (usage.requests * POLLS_A_REQUEST * UNITS_A_POLL) / 1e6;
  return [
    item(prices, 'S3 snapshots written', batches / 1e3, 'thousand requests', 's3.puts'),
    item(prices, 'S3 snapshots read', batches / 1e3, 'thousand requests', 's3.gets'),
    item(prices, 'DynamoDB writes of the limiter', writes, 'million units', 'dynamodb.writes'),
    item(prices, 'DynamoDB reads of the limiter', reads, 'million units', 'dynamodb.reads'),
    item(prices, 'KMS key', 1, 'key', 'kms.key'),
    item(prices, 'KMS requests', KEY_REQUESTS / 1e4, 'ten thousand requests', 'kms.requests'),
  ];
}
