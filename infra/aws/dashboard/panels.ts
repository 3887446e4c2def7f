/** What the dashboard of a deployment shows, in rows: each panel answers one question about the pipeline. */
import { COLLECTOR_METRICS, DETECTOR_METRICS, METRIC_NAMESPACE, METRICS } from '@trailgate/sdk/wire';
import {
  health,
  type Line,
  lambda,
  namesOf,
  ofChannels,
  ofStreams,
  type SearchLine,
  series,
} from './panel-lines.ts';

export interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Line[];
  readonly searches?: readonly SearchLine[];
  /** @default 60 */
  readonly periodSeconds?: number;
}

export interface PanelRow {
  readonly title: string;
  readonly panels: readonly Panel[];
}

const FUNCTION_PARTS = ['collector', 'detector', 'ticker', 'setup', 'retention'] as const;
const CONSUMERS = ['collector', 'detector'] as const;
const OF_A_GROUP = ['DestinationType', 'FilterName', 'LogGroupName'];

const FLOW: PanelRow = {
  title: 'In and out',
  panels: [
    {
      title: 'Log lines by where they go',
      unit: 'lines',
      lines: health(
        'collector',
        namesOf(COLLECTOR_METRICS, 'lines', 'trailLines', 'businessLines', 'platformLines'),
      ),
    },
    { title: 'Records on the streams', unit: 'records', lines: ofStreams('IncomingRecords') },
    {
      title: 'Signals made and read',
      unit: 'signals, records',
      lines: [
        ...health('collector', namesOf(COLLECTOR_METRICS, 'signals')),
        ...health('detector', namesOf(DETECTOR_METRICS, 'records')),
      ],
    },
  ],
};

const LAG: PanelRow = {
  title: 'How late',
  panels: [
    {
      title: 'Age of the oldest record read',
      unit: 'ms',
      lines: lambda('IteratorAge', 'Maximum', CONSUMERS),
    },
    {
      title: 'From the stream to the index and to the state',
      unit: 'ms',
      lines: [
        ...health('collector', namesOf(COLLECTOR_METRICS, 'lag'), 'p95'),
        ...health('detector', namesOf(DETECTOR_METRICS, 'lag'), 'p95'),
      ],
    },
    {
      title: 'Age of the stored state',
      unit: 'ms',
      lines: health('detector', namesOf(DETECTOR_METRICS, 'snapshotAge'), 'Maximum'),
    },
  ],
};

const ERRORS: PanelRow = {
  title: 'What fails',
  panels: [
    { title: 'Invocations that failed', unit: 'count', lines: lambda('Errors', 'Sum', FUNCTION_PARTS) },
    { title: 'Invocations refused', unit: 'count', lines: lambda('Throttles', 'Sum', FUNCTION_PARTS) },
    {
      title: 'Work that has to come again',
      unit: 'count',
      lines: [
        ...health('collector', namesOf(COLLECTOR_METRICS, 'partialBatches', 'undeliveredLines')),
        ...health('detector', namesOf(DETECTOR_METRICS, 'batchesFailed', 'snapshotConflicts')),
      ],
    },
  ],
};

const SET_ASIDE: PanelRow = {
  title: 'What is in no index',
  panels: [
    {
      title: 'Quarantined by the collector',
      unit: 'count',
      lines: health('collector', [
        ...namesOf(COLLECTOR_METRICS, 'quarantinedLines', 'unreadableRecords'),
        ...ofChannels('indexRejected'),
      ]),
    },
    {
      title: 'Given up by Lambda',
      unit: 'records',
      lines: [
        ...lambda('DroppedEventCount', 'Sum', CONSUMERS, 'EventSourceMappingUUID'),
        ...lambda('OnFailureDestinationDeliveredEventCount', 'Sum', CONSUMERS, 'EventSourceMappingUUID').map(
          (line) => ({ ...line, label: `${line.label}, in the failures bucket` }),
        ),
      ],
    },
    {
      title: 'Not delivered by CloudWatch Logs, by log group',
      unit: 'log events',
      lines: [],
      searches: [
        { namespace: 'AWS/Logs', name: 'DeliveryErrors', dimensions: OF_A_GROUP },
        { namespace: 'AWS/Logs', name: 'DeliveryThrottling', dimensions: OF_A_GROUP },
      ],
    },
    {
      title: 'Objects set aside (counted once a day)',
      unit: 'objects',
      lines: series(
        'AWS/S3',
        ['BucketName', 'StorageType'],
        [
          ['failures', 'failures bucket', 'NumberOfObjects', 'Average'],
          ['quarantine', 'quarantine bucket', 'NumberOfObjects', 'Average'],
        ],
      ),
      periodSeconds: 86_400,
    },
    {
      title: 'Numbered by an instance and never seen',
      unit: 'records',
      lines: [],
      searches: [{ namespace: METRIC_NAMESPACE, name: METRICS.missingRecords.name, dimensions: ['Service'] }],
    },
  ],
};

const INDEX: PanelRow = {
  title: 'Index',
  panels: [
    { title: 'Bulk calls, p95', unit: 'ms', lines: health('collector', ofChannels('indexLatency'), 'p95') },
    {
      title: 'Bulk calls that failed, documents sent again',
      unit: 'count',
      lines: health('collector', [...ofChannels('indexFailures'), ...ofChannels('indexRetries')]),
    },
    {
      title: 'Load of the domain',
      unit: '%',
      lines: series(
        'AWS/ES',
        ['DomainName', 'ClientId'],
        [
          ['CPU', 'domain', 'CPUUtilization', 'Maximum'],
          ['heap', 'domain', 'JVMMemoryPressure', 'Maximum'],
        ],
      ),
    },
    {
      title: 'Free storage of the fullest node',
      unit: 'MB',
      lines: series(
        'AWS/ES',
        ['DomainName', 'ClientId'],
        [['free', 'domain', 'FreeStorageSpace', 'Minimum']],
      ),
    },
    {
      title: 'Capacity units of the account',
      unit: 'OCU',
      lines: series(
        'AWS/AOSS',
        ['ClientId'],
        [
          ['indexing', 'collection', 'IndexingOCU', 'Maximum'],
          ['search', 'collection', 'SearchOCU', 'Maximum'],
        ],
      ),
    },
  ],
};

const RESPONSE: PanelRow = {
  title: 'Findings and caps',
  panels: [
    {
      title: 'Findings, caps cut',
      unit: 'count',
      lines: health('detector', namesOf(DETECTOR_METRICS, 'findings', 'capsCut')),
    },
    {
      title: 'Caps and tokens: throttled',
      unit: 'count',
      lines: series(
        'AWS/DynamoDB',
        ['TableName'],
        [
          ['limits, reads', 'limits table', 'ReadThrottleEvents', 'Sum'],
          ['limits, writes', 'limits table', 'WriteThrottleEvents', 'Sum'],
          ['buckets, writes', 'buckets table', 'WriteThrottleEvents', 'Sum'],
        ],
      ),
    },
    {
      title: 'Messages about findings',
      unit: 'count',
      lines: series(
        'AWS/SNS',
        ['TopicName'],
        [
          ['published', 'findings topic', 'NumberOfMessagesPublished', 'Sum'],
          ['not taken', 'findings topic', 'NumberOfNotificationsFailed', 'Sum'],
        ],
      ),
    },
  ],
};

const COST: PanelRow = {
  title: 'What the bill is made of',
  panels: [
    { title: 'Bytes on the streams', unit: 'bytes', lines: ofStreams('IncomingBytes') },
    { title: 'Time of functions', unit: 'ms', lines: lambda('Duration', 'Sum', FUNCTION_PARTS) },
    {
      title: 'Units of the tables',
      unit: 'units',
      lines: series(
        'AWS/DynamoDB',
        ['TableName'],
        [
          ['limits, read', 'limits table', 'ConsumedReadCapacityUnits', 'Sum'],
          ['limits, written', 'limits table', 'ConsumedWriteCapacityUnits', 'Sum'],
          ['buckets, written', 'buckets table', 'ConsumedWriteCapacityUnits', 'Sum'],
        ],
      ),
    },
  ],
};

export const PANEL_ROWS: readonly PanelRow[] = [FLOW, LAG, ERRORS, SET_ASIDE, INDEX, RESPONSE, COST];
