/** The dashboard *Pipeline health*, as far as the index can say: what is missing, what is silent, whose clock is wrong. */
import { LATE_RECORDS, REQUESTS } from '../../conditions/business-conditions.ts';
import { EVENTS, LATE_EVENTS, MISSING_RECORDS } from '../../conditions/trail-conditions.ts';
import { documentCount, largest, overTime, topOf } from '../aggregation.ts';
import { dashboard } from '../dashboard.ts';
import { dashboardLink, searchLink } from '../dashboard-links.ts';
import { note } from '../note.ts';
import { ofAllTime, panel, picturePanel, searchPanel } from '../panel.ts';
import type { SavedObject } from '../saved-object.ts';

export function pipelineDashboard(): readonly SavedObject[] {
  return dashboard({
    name: 'pipeline',
    description: 'What the index says about the pipeline: completeness, silence, clocks and volume.',
    from: 'now-24h',
    panels: [about(), ...totals(), ...volume(), ...silence(), ...clocks(), searchPanel(14, 'missingRecords')],
  });
}

function about() {
  return panel(
    48,
    8,
    note({
      id: 'trailgate-vis-about-pipeline',
      title: 'where the other figures are',
      description: 'Which figures of the pipeline are metrics, and where they are.',
      markdown: [
        'Lag, age of the oldest record, quarantined and unreadable lines, retries and failures of the index, age of the snapshots, memory and cost are metrics of CloudWatch (namespace `Trailgate/Pipeline`, and those of Lambda and Kinesis): Grafana shows them in its dashboard of the same name, and the alarms of the stack watch them. A pipeline that stands still shows here as silence.',
        `Look closer: ${searchLink('missing records', 'missingRecords')} · ${searchLink('security events with a wrong clock', 'late')} · ${searchLink('business records with a wrong clock', 'lateRecords')} · ${dashboardLink('findings')}`,
      ],
    }),
  );
}

function totals() {
  return [
    picturePanel(16, 7, {
      id: 'trailgate-vis-missing-records',
      title: 'findings of missing records',
      description: 'Findings that records or counts of requests did not arrive; none is good.',
      channel: 'trail',
      where: MISSING_RECORDS,
      kind: 'number',
      metrics: [documentCount('Findings')],
    }),
    ofAllTime(16, 7, {
      id: 'trailgate-vis-late-events',
      title: 'security events with a wrong clock',
      description: 'Security events in the indices of wrong clocks, of all time; none is good.',
      channel: 'trail',
      where: LATE_EVENTS,
      kind: 'number',
      metrics: [documentCount('Security events')],
    }),
    ofAllTime(16, 7, {
      id: 'trailgate-vis-late-records',
      title: 'business records with a wrong clock',
      description: 'Business records in the indices of wrong clocks, of all time; none is good.',
      channel: 'business',
      where: LATE_RECORDS,
      kind: 'number',
      metrics: [documentCount('Business records')],
    }),
  ];
}

function volume() {
  return [
    picturePanel(24, 12, {
      id: 'trailgate-vis-business-volume',
      title: 'business records by log group',
      description: 'Documents of the business index over time, by the log group that they came from.',
      channel: 'business',
      where: [],
      kind: 'bars',
      metrics: [documentCount('Records')],
      buckets: [overTime(), topOf('aws.cloudwatch.log_group', 10, 'Log group')],
    }),
    picturePanel(24, 12, {
      id: 'trailgate-vis-trail-volume',
      title: 'security records by log group',
      description: 'Documents of the trail index over time, by the log group that they came from.',
      channel: 'trail',
      where: EVENTS,
      kind: 'bars',
      metrics: [documentCount('Records')],
      buckets: [overTime(), topOf('aws.cloudwatch.log_group', 10, 'Log group')],
    }),
    picturePanel(48, 12, {
      id: 'trailgate-vis-functions-over-time',
      title: 'records by function',
      description:
        'Kept requests over time, by function: one that ends while the others go on has fallen silent.',
      channel: 'business',
      where: REQUESTS,
      kind: 'bars',
      metrics: [documentCount('Records')],
      buckets: [overTime(), topOf('faas.name', 12, 'Function')],
    }),
  ];
}

function silence() {
  return [
    picturePanel(24, 12, {
      id: 'trailgate-vis-last-business-record',
      title: 'last business record by service',
      description: 'When each service was last heard of, the one that is silent for longest first.',
      channel: 'business',
      where: [],
      kind: 'table',
      metrics: [largest('@timestamp', 'Last record'), documentCount('Records')],
      buckets: [topOf('service.name', 50, 'Service', 'asc')],
    }),
    picturePanel(24, 12, {
      id: 'trailgate-vis-last-trail-record',
      title: 'last security event by service',
      description: 'When each service last wrote to the trail, the one that is silent for longest first.',
      channel: 'trail',
      where: EVENTS,
      kind: 'table',
      metrics: [largest('@timestamp', 'Last event'), documentCount('Records')],
      buckets: [topOf('service.name', 50, 'Service', 'asc')],
    }),
  ];
}

function clocks() {
  return [
    picturePanel(16, 12, {
      id: 'trailgate-vis-missing-rules',
      title: 'what is missing',
      description: 'Findings of completeness by rule, with the newest; empty is good.',
      channel: 'trail',
      where: MISSING_RECORDS,
      kind: 'table',
      metrics: [documentCount('Findings'), largest('@timestamp', 'Newest')],
      buckets: [topOf('rule.name', 5, 'Rule')],
    }),
    ofAllTime(16, 12, {
      id: 'trailgate-vis-late-event-services',
      title: 'services whose security events have a wrong clock',
      description: 'Whose clock is over 14 days behind or 2 hours ahead, of all time; empty is good.',
      channel: 'trail',
      where: LATE_EVENTS,
      kind: 'table',
      metrics: [documentCount('Security events'), largest('@timestamp', 'Newest')],
      buckets: [topOf('service.name', 20, 'Service')],
    }),
    ofAllTime(16, 12, {
      id: 'trailgate-vis-late-record-services',
      title: 'services whose business records have a wrong clock',
      description: 'Whose clock is over 14 days behind or 2 hours ahead, of all time; empty is good.',
      channel: 'business',
      where: LATE_RECORDS,
      kind: 'table',
      metrics: [documentCount('Business records'), largest('@timestamp', 'Newest')],
      buckets: [topOf('service.name', 20, 'Service')],
    }),
  ];
}
