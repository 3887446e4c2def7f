/** The dashboard *Overview*: how many requests, how many fail, how long they take, by service, tenant and route. */
import {
  COLD_STARTS,
  FAILED_REQUESTS,
  PLATFORM_FAILURES,
  REQUESTS,
  SLOW_REQUESTS,
} from '../../conditions/business-conditions.ts';
import { documentCount, overTime, percentiles, requestCount, topOf } from '../aggregation.ts';
import { dashboard } from '../dashboard.ts';
import { dashboardLink, searchLink } from '../dashboard-links.ts';
import { note } from '../note.ts';
import { panel, picturePanel, searchPanel } from '../panel.ts';
import type { SavedObject } from '../saved-object.ts';

const ESTIMATED = 'Estimated: a sampled request counts for as many as it stands for.';
const OF_KEPT =
  'Of the requests that were kept: failed and slow ones all are, so it is above that of all where successes are sampled.';

const ALL = { channel: 'business', where: REQUESTS, metrics: [requestCount('Requests')] } as const;
const RATE_AND_DURATION = {
  ...ALL,
  metrics: [requestCount('Requests'), percentiles('event.duration', 'duration')],
} as const;
const FAILED = { channel: 'business', where: FAILED_REQUESTS, metrics: [documentCount('Failed')] } as const;
const COLD = { channel: 'business', where: COLD_STARTS, metrics: [requestCount('Cold starts')] } as const;

export function overviewDashboard(): readonly SavedObject[] {
  return dashboard({
    name: 'overview',
    description: 'Requests, failures and durations by service, tenant and route, from the business index.',
    from: 'now-24h',
    panels: [...totals(), ...courses(), ...shares(), about(), searchPanel(16, 'errors')],
  });
}

function totals() {
  return [
    picturePanel(12, 7, {
      id: 'trailgate-vis-requests',
      title: 'requests',
      description: `Requests in the range shown. ${ESTIMATED}`,
      ...ALL,
      kind: 'number',
    }),
    picturePanel(12, 7, {
      id: 'trailgate-vis-failed-requests',
      title: 'failed requests',
      description: 'Requests that failed in the range shown, all of which are kept.',
      ...FAILED,
      kind: 'number',
    }),
    picturePanel(12, 7, {
      id: 'trailgate-vis-slow-requests',
      title: 'slow requests',
      description:
        'Requests that took longer than allowed or came close to the timeout, all of which are kept; none is good.',
      channel: 'business',
      where: SLOW_REQUESTS,
      kind: 'number',
      metrics: [documentCount('Slow')],
    }),
    picturePanel(12, 7, {
      id: 'trailgate-vis-cold-starts',
      title: 'cold starts',
      description: `Requests that had to wait for a new instance. ${ESTIMATED}`,
      ...COLD,
      kind: 'number',
    }),
  ];
}

function courses() {
  return [
    picturePanel(24, 12, {
      id: 'trailgate-vis-requests-over-time',
      title: 'requests by service',
      description: `Requests over time, by service. ${ESTIMATED}`,
      ...ALL,
      kind: 'bars',
      buckets: [overTime(), topOf('service.name', 8, 'Service')],
    }),
    picturePanel(24, 12, {
      id: 'trailgate-vis-failed-over-time',
      title: 'failed requests by service',
      description: 'Failed requests over time, by service; all of them are kept.',
      ...FAILED,
      kind: 'bars',
      buckets: [overTime(), topOf('service.name', 8, 'Service')],
    }),
    picturePanel(24, 12, {
      id: 'trailgate-vis-duration-over-time',
      title: 'duration of requests',
      description: `Percentiles of the duration over time. ${OF_KEPT}`,
      channel: 'business',
      where: REQUESTS,
      kind: 'lines',
      metrics: [percentiles('event.duration', 'duration')],
      buckets: [overTime()],
    }),
    picturePanel(24, 12, {
      id: 'trailgate-vis-cold-starts-over-time',
      title: 'cold starts by function',
      description: `Cold starts over time, by function. ${ESTIMATED}`,
      ...COLD,
      kind: 'bars',
      buckets: [overTime(), topOf('faas.name', 8, 'Function')],
    }),
  ];
}

function shares() {
  return [
    picturePanel(24, 14, {
      id: 'trailgate-vis-services',
      title: 'services',
      description: `Requests and duration by service and outcome. ${ESTIMATED} The duration is of kept ones.`,
      ...RATE_AND_DURATION,
      kind: 'table',
      buckets: [topOf('service.name', 20, 'Service'), topOf('event.outcome', 2, 'Outcome')],
    }),
    picturePanel(24, 14, {
      id: 'trailgate-vis-tenants',
      title: 'tenants',
      description: `Requests and duration by tenant and outcome. ${ESTIMATED} The duration is of kept ones.`,
      ...RATE_AND_DURATION,
      kind: 'table',
      buckets: [topOf('tenant', 20, 'Tenant'), topOf('event.outcome', 2, 'Outcome')],
    }),
    picturePanel(20, 14, {
      id: 'trailgate-vis-routes',
      title: 'routes',
      description: `The busiest routes. ${ESTIMATED}`,
      ...ALL,
      kind: 'ranking',
      buckets: [topOf('route', 12, 'Route')],
    }),
    picturePanel(14, 14, {
      id: 'trailgate-vis-statuses',
      title: 'answers by status',
      description: `Requests by the status of their answer. ${ESTIMATED}`,
      ...ALL,
      kind: 'ranking',
      buckets: [topOf('http.response.status_code', 12, 'Status')],
    }),
    picturePanel(14, 14, {
      id: 'trailgate-vis-platform-failures',
      title: 'functions that the platform ended',
      description: 'Timeouts, memory that ran out, crashes and dropped log records; empty is good.',
      channel: 'business',
      where: PLATFORM_FAILURES,
      kind: 'table',
      metrics: [documentCount('Times')],
      buckets: [topOf('error.type', 5, 'What'), topOf('aws.cloudwatch.log_group', 10, 'Log group')],
    }),
  ];
}

function about() {
  return panel(
    48,
    6,
    note({
      id: 'trailgate-vis-about-overview',
      title: 'what is not here',
      description: 'Which figures are metrics, and where they are.',
      markdown: [
        'Exact counts and latencies of all requests, throttles, counters of your own and what it costs are metrics of CloudWatch (namespace `Trailgate`): Grafana shows them in its dashboard of the same name.',
        `Look closer: ${searchLink('failed requests', 'errors')} · ${searchLink('slow requests', 'slowRequests')} · ${searchLink('functions that the platform ended', 'platformFailures')} · ${dashboardLink('request')}`,
      ],
    }),
  );
}
