/** What a private network costs: three endpoints that are paid for, in each zone (S3 and DynamoDB have free ones). */
import type { Size } from '../../aws/sizes/size.ts';
import { type CostItem, GB, HOURS_A_MONTH, item } from '../cost-item.ts';
import type { PriceList } from '../price-list.ts';
import { SECONDS_A_MONTH, type Usage } from '../traffic.ts';

/** Kinesis, CloudWatch and SNS. */
const ENDPOINTS = 3;
/** A network of ours has at least two zones, as Lambda should have. */
const LEAST_ZONES = 2;
const SIGNAL_BYTES = 500;

export function networkItems(
  size: Size,
  usage: Usage,
  network: 'public' | 'private',
  prices: PriceList,
): readonly CostItem[] {
  if (network === 'public') return [];
  const hours = ENDPOINTS * Math.max(LEAST_ZONES, size.search.zones) * HOURS_A_MONTH;
  // Signals on their way in; Lambda reads streams by itself.
  const gb = (usage.signalsPerSecond * SIGNAL_BYTES * SECONDS_A_MONTH) / GB;
  return [
    item(prices, 'VPC endpoints', hours, 'endpoint hours', 'vpc.endpointHour'),
    item(prices, 'VPC endpoints, data', gb, 'GB', 'vpc.endpointGb'),
  ];
}
