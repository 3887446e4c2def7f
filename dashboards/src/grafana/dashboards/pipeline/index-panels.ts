/** What the index took, refused and made wait. */
import { CHANNEL_PREFIXES, type Channel, type ChannelMetricKey } from '@trailgate/sdk/wire';
import { channelMetric } from '../../metrics/metric-source.ts';
import type { PanelRow } from '../dashboard.ts';
import { ofCollectors } from './flow-panels.ts';
import { COLLECTOR, type HealthLine, healthChart } from './health-chart.ts';

export const INDEX_PANELS = { failures: 11, undelivered: 12, quarantine: 13 } as const;

const CHANNELS = Object.keys(CHANNEL_PREFIXES) as readonly Channel[];

function ofChannels(key: ChannelMetricKey, statistic?: string): readonly HealthLine[] {
  return CHANNELS.map((channel) => ({
    source: channelMetric(channel, key),
    of: COLLECTOR,
    ...(statistic === undefined ? {} : { statistic }),
  }));
}

export function indexRow(): PanelRow {
  return {
    title: 'Index and quarantine',
    panels: [
      healthChart({
        id: 10,
        title: 'Time of bulk calls',
        description: 'Time that the index needed for a bulk call, by channel: 95th percentile.',
        unit: 'ms',
        lines: ofChannels('indexLatency', 'p95'),
        width: 8,
      }),
      healthChart({
        id: INDEX_PANELS.failures,
        title: 'Failed calls and retries',
        description:
          'Bulk calls that failed as a whole, documents sent again, and batches halved because they were too large, by channel. All at 0 while the index takes everything. Sum of each period shown.',
        unit: 'short',
        lines: [
          ...ofChannels('indexFailures'),
          ...ofChannels('indexRetries'),
          ...ofChannels('indexHalvings'),
        ],
        width: 8,
      }),
      healthChart({
        id: INDEX_PANELS.undelivered,
        title: 'Undelivered',
        description:
          'Lines that could neither be indexed nor put aside, documents that stayed undelivered, and batches of which a part has to come again. All at 0 while the index takes everything. Sum of each period shown.',
        unit: 'short',
        lines: [...ofCollectors('undeliveredLines', 'partialBatches'), ...ofChannels('indexUndelivered')],
        width: 8,
      }),
      healthChart({
        id: INDEX_PANELS.quarantine,
        title: 'Quarantine',
        description:
          'Lines and whole records that could not be read, and documents that the index will never take: all of them are in quarantine with reason and raw bytes. All at 0 while everything can be read. Sum of each period shown.',
        unit: 'short',
        lines: [...ofCollectors('quarantinedLines', 'unreadableRecords'), ...ofChannels('indexRejected')],
        width: 12,
      }),
      healthChart({
        id: 14,
        title: 'Bytes indexed',
        description: 'Bytes sent to the index, by channel. Sum of each period shown.',
        unit: 'bytes',
        lines: ofChannels('indexBytes'),
        width: 6,
      }),
      healthChart({
        id: 15,
        title: 'Read again',
        description:
          'Documents that were in the index already because their batch came again, lines of the pipeline itself that were read, and control messages. Sum of each period shown.',
        unit: 'short',
        lines: ofCollectors('repeatedDocuments', 'ownLines', 'controlMessages'),
        width: 6,
      }),
    ],
  };
}
