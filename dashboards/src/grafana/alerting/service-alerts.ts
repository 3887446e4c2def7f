/** Alerts about the watched services: too many errors, too slow. */
import { SERVICE_PANELS } from '../dashboards/overview/service-panels.ts';
import { provisioned } from '../data-sources.ts';
import { serviceMetric } from '../metrics/metric-source.ts';
import { metricQuery } from '../queries/metric-query.ts';
import type { AlertSpec } from './alert-rule.ts';
import { ALERT_THRESHOLDS } from './alert-thresholds.ts';

const datasource = provisioned('cloudwatch');
const PERIOD = 60;
const QUIET = 'OK: a service that answered nothing has neither errors nor a latency.';

export const SERVICE_ALERTS: readonly AlertSpec[] = [
  {
    key: 'error-ratio',
    title: 'Too many errors',
    part: 'service',
    severity: 'critical',
    queries: [
      metricQuery({
        source: serviceMetric('errors'),
        statistic: 'Sum',
        refId: 'A',
        period: PERIOD,
        datasource,
      }),
      metricQuery({
        source: serviceMetric('requests'),
        statistic: 'Sum',
        refId: 'B',
        period: PERIOD,
        datasource,
      }),
    ],
    reducer: 'sum',
    threshold: { type: 'gt', value: ALERT_THRESHOLDS.errorRatio },
    minutes: 10,
    for: '5m',
    noData: ['OK', QUIET],
    summary: `{{ $labels.Service }} answers more than ${ALERT_THRESHOLDS.errorRatio * 100} % of its requests with an error.`,
    first:
      'See in the table of errors which route and which error it is, and follow one request; then compare with the last deployment.',
    panel: ['overview', SERVICE_PANELS.errorRatio],
  },
  {
    key: 'latency',
    title: 'Too slow',
    part: 'service',
    severity: 'warning',
    queries: [
      metricQuery({ source: serviceMetric('latency'), statistic: 'p95', period: PERIOD, datasource }),
    ],
    reducer: 'last',
    threshold: { type: 'gt', value: ALERT_THRESHOLDS.latencyMs },
    minutes: 10,
    for: '10m',
    noData: ['OK', QUIET],
    summary: `The slowest twentieth of the requests to {{ $labels.Service }} takes more than ${ALERT_THRESHOLDS.latencyMs / 1_000} seconds.`,
    first:
      'Are there cold starts, or is what it calls slow? The spans of one slow request show where the time goes.',
    panel: ['overview', SERVICE_PANELS.latency],
  },
];
