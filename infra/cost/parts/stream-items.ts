/** What the two streams cost: shards by the hour, records by the 25 KB. */
import type { Size } from '../../aws/sizes/size.ts';
import { type CostItem, HOURS_A_MONTH, item } from '../cost-item.ts';
import type { PriceList } from '../price-list.ts';
import { SECONDS_A_MONTH, type Usage } from '../traffic.ts';

const HOURS_INCLUDED = 24;

export function streamItems(size: Size, usage: Usage, prices: PriceList): readonly CostItem[] {
  const shardHours = (size.logShards + size.signalShards) * HOURS_A_MONTH;
  const records = (usage.logRecordsPerSecond + usage.signalsPerSecond) * SECONDS_A_MONTH;
  return [
    item(prices, 'Kinesis shards', shardHours, 'shard hours', 'kinesis.shardHour'),
    ...(size.streamRetentionHours > HOURS_INCLUDED
      ? [item(prices, 'Kinesis retention over a day', shardHours, 'shard hours', 'kinesis.extendedShardHour')]
      : []),
    item(prices, 'Kinesis records', records / 1e6, 'million units', 'kinesis.putUnits'),
  ];
}
