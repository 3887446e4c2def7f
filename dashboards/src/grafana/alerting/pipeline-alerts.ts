/** Alerts about the pipeline itself: late, silent, not whole, or putting aside what it should deliver. */
import { CHANNEL_PREFIXES, type Channel } from '@trailgate/sdk/wire';
import { COMPLETENESS_PANELS } from '../dashboards/pipeline/completeness-panels.ts';
import { FLOW_PANELS } from '../dashboards/pipeline/flow-panels.ts';
import { INDEX_PANELS } from '../dashboards/pipeline/index-panels.ts';
import { LAG_PANELS } from '../dashboards/pipeline/lag-panels.ts';
import { PLATFORM_PANELS } from '../dashboards/pipeline/platform-panels.ts';
import { provisioned } from '../data-sources.ts';
import {
  awsMetric,
  channelMetric,
  collectorMetric,
  detectorMetric,
  type MetricSource,
  serviceMetric,
} from '../metrics/metric-source.ts';
import { metricQuery } from '../queries/metric-query.ts';
import type { AlertSpec } from './alert-rule.ts';
import { ALERT_THRESHOLDS } from './alert-thresholds.ts';

const PERIOD = 60;

function each(source: MetricSource, statistic: 'Sum' | 'Maximum' = 'Sum'): AlertSpec['queries'] {
  return [metricQuery({ source, statistic, period: PERIOD, datasource: provisioned('cloudwatch') })];
}

type Told = Pick<AlertSpec, 'key' | 'title' | 'severity' | 'queries' | 'summary' | 'first' | 'panel'> &
  Partial<AlertSpec>;

/** More than none within ten minutes, where `told` says nothing else. */
function pipelineAlert(told: Told): AlertSpec {
  return {
    part: 'pipeline',
    reducer: 'sum',
    threshold: { type: 'gt', value: 0 },
    minutes: 10,
    for: '0m',
    noData: ['OK', 'OK: no batch was read, and silence has an alert of its own.'],
    ...told,
  };
}

const FAILING_INDEX: readonly AlertSpec[] = (Object.keys(CHANNEL_PREFIXES) as readonly Channel[]).map(
  (channel) =>
    pipelineAlert({
      key: `${channel}-index-failures`,
      title: `Bulk calls for the ${channel} index fail`,
      severity: channel === 'trail' ? 'critical' : 'warning',
      queries: each(channelMetric(channel, 'indexFailures')),
      minutes: 5,
      for: '5m',
      summary: `Bulk calls for the ${channel} index have failed for five minutes; its documents wait on the stream.`,
      first: 'Is the index up? If it is: the access policy and role mapping of the collector.',
      panel: ['pipeline', INDEX_PANELS.failures],
    }),
);

export const PIPELINE_ALERTS: readonly AlertSpec[] = [
  pipelineAlert({
    key: 'collector-lag',
    title: 'Collectors are late',
    severity: 'warning',
    queries: each(collectorMetric('oldestRecordAge'), 'Maximum'),
    reducer: 'last',
    threshold: { type: 'gt', value: ALERT_THRESHOLDS.lagMs },
    for: '5m',
    summary: 'The collector {{ $labels.Function }} is more than a minute behind its stream.',
    first: 'Errors or throttles of the function? A slow index? If neither, the stream needs more shards.',
    panel: ['pipeline', LAG_PANELS.oldestRecord],
  }),
  pipelineAlert({
    key: 'detector-lag',
    title: 'Detectors are late',
    severity: 'warning',
    queries: each(detectorMetric('lag'), 'Maximum'),
    reducer: 'last',
    threshold: { type: 'gt', value: ALERT_THRESHOLDS.lagMs },
    for: '5m',
    summary:
      'The detector {{ $labels.Function }} is more than a minute behind: findings and caps are as late.',
    first:
      'Do its batches fail, or does it need more memory? If neither, the signal stream needs more shards.',
    panel: ['pipeline', LAG_PANELS.detector],
  }),
  pipelineAlert({
    key: 'snapshot-age',
    title: 'Stored state of detectors is old',
    severity: 'critical',
    queries: each(detectorMetric('snapshotAge'), 'Maximum'),
    reducer: 'last',
    threshold: { type: 'gt', value: ALERT_THRESHOLDS.snapshotAgeMs },
    minutes: 15,
    for: '15m',
    noData: [
      'Alerting',
      'Alerting: a tick a minute has to bring a new state; an age that nobody says is unknown.',
    ],
    summary:
      'The state that the detector {{ $labels.Function }} would begin again from is older than five minutes, or nobody says how old it is.',
    first: 'Can the detector write to the snapshots bucket? Does the ticker run?',
    panel: ['pipeline', LAG_PANELS.snapshot],
  }),
  pipelineAlert({
    key: 'quarantined',
    title: 'Lines are in quarantine',
    severity: 'warning',
    queries: each(collectorMetric('quarantinedLines')),
    summary:
      'Lines could not be read or indexed and are in quarantine; they are in no index until sent again.',
    first: '`trailgate quarantine list`, repair, `trailgate quarantine replay`.',
    panel: ['pipeline', INDEX_PANELS.quarantine],
  }),
  pipelineAlert({
    key: 'unreadable',
    title: 'Records cannot be unpacked',
    severity: 'critical',
    queries: each(collectorMetric('unreadableRecords')),
    summary: 'Whole records of the log stream could not be unpacked; each may hold hundreds of lines.',
    first: '`trailgate quarantine list`. Does anything but CloudWatch Logs write to the log stream?',
    panel: ['pipeline', INDEX_PANELS.quarantine],
  }),
  pipelineAlert({
    key: 'undelivered',
    title: 'Lines cannot be delivered',
    severity: 'critical',
    queries: each(collectorMetric('undeliveredLines')),
    minutes: 5,
    for: '5m',
    summary:
      'For five minutes lines could neither be indexed nor put aside; they are lost when the stream’s retention ends.',
    first: 'Is the index up, and may the collector write to it and to the quarantine bucket?',
    panel: ['pipeline', INDEX_PANELS.undelivered],
  }),
  ...FAILING_INDEX,
  pipelineAlert({
    key: 'missing-records',
    title: 'Records are missing',
    severity: 'critical',
    queries: each(serviceMetric('missingRecords')),
    minutes: 15,
    noData: ['OK', 'OK: it is published only when something is missing.'],
    summary:
      'Records that an instance of {{ $labels.Service }} numbered never arrived, trail events possibly among them.',
    first: 'The findings name instance and numbers; replay that time from the function’s log group.',
    panel: ['pipeline', COMPLETENESS_PANELS.missing],
  }),
  pipelineAlert({
    key: 'uncounted-requests',
    title: 'Requests were not counted',
    severity: 'warning',
    queries: each(serviceMetric('uncountedRequests')),
    minutes: 15,
    noData: ['OK', 'OK: it is published only when something is missing.'],
    summary: 'The platform ran more invocations of {{ $labels.Service }} than its instances counted.',
    first:
      'The findings name the instance. A crash loses the last second of counts; more than that is a gap in delivery.',
    panel: ['pipeline', COMPLETENESS_PANELS.missing],
  }),
  pipelineAlert({
    key: 'delivery-errors',
    title: 'CloudWatch Logs cannot deliver',
    severity: 'critical',
    queries: each(awsMetric('deliveryErrors')),
    noData: ['OK', 'OK: CloudWatch says nothing while everything is delivered.'],
    summary: 'Log events could not be delivered to the stream; up to ten minutes of lines are skipped.',
    first:
      'See which log group it is. Check role, key and stream of its subscription, then export the gap from the log group and read it with `trailgate replay`.',
    panel: ['pipeline', PLATFORM_PANELS.delivery],
  }),
  pipelineAlert({
    key: 'silent',
    title: 'Pipeline silent',
    severity: 'critical',
    queries: each(collectorMetric('lines')),
    threshold: { type: 'lt', value: 1 },
    minutes: ALERT_THRESHOLDS.silentMinutes,
    noData: ['Alerting', 'Alerting: no batch at all is the silence that this is about.'],
    summary: `No log line has arrived for ${ALERT_THRESHOLDS.silentMinutes} minutes.`,
    first:
      'Do the subscription filters exist? Are there delivery errors? Is the event source mapping enabled? Where functions are seldom called, pause this rule or look back further.',
    panel: ['pipeline', FLOW_PANELS.lines],
  }),
];
