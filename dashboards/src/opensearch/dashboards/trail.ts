/** The dashboard *Security trail*: how much happens, to whom, by whom, from where, and what the detectors found. */
import {
  AUTHENTICATION,
  DENIED,
  EVENTS,
  FAILED_LOGINS,
  FINDINGS,
  OF_A_COUNTRY,
  RATE_LIMITED,
} from '../../conditions/trail-conditions.ts';
import { documentCount, eventCount, overTime, topOf } from '../aggregation.ts';
import { dashboard } from '../dashboard.ts';
import { picturePanel, searchPanel } from '../panel.ts';
import type { SavedObject } from '../saved-object.ts';

const HAPPENED = { channel: 'trail', where: EVENTS, metrics: [eventCount('Events')] } as const;
const REFUSED = { channel: 'trail', where: DENIED, metrics: [eventCount('Refused')] } as const;
const LIMITS_HIT = { channel: 'trail', where: RATE_LIMITED, metrics: [eventCount('Limits hit')] } as const;
const LOGINS_FAILED = {
  channel: 'trail',
  where: FAILED_LOGINS,
  metrics: [eventCount('Failed logins')],
} as const;
const FOUND = { channel: 'trail', where: FINDINGS, metrics: [documentCount('Findings')] } as const;

export function trailDashboard(): readonly SavedObject[] {
  return dashboard({
    name: 'trail',
    description: 'Security events and findings: how many, of what kind, by whom and from where.',
    from: 'now-24h',
    panels: [
      ...totals(),
      ...courses(),
      ...logins(),
      ...refusals(),
      searchPanel(16, 'findings'),
      searchPanel(20, 'trail'),
    ],
  });
}

function totals() {
  return [
    picturePanel(10, 7, {
      id: 'trailgate-vis-events',
      title: 'security events',
      description: 'Security events in the range shown, folded floods counted in full.',
      ...HAPPENED,
      kind: 'number',
    }),
    picturePanel(10, 7, {
      id: 'trailgate-vis-failed-logins',
      title: 'failed logins',
      description: 'Logins, tokens and passwords that were refused, in the range shown.',
      ...LOGINS_FAILED,
      kind: 'number',
    }),
    picturePanel(10, 7, {
      id: 'trailgate-vis-refused',
      title: 'refused requests',
      description: 'Requests denied for missing rights, limits or suspicious input, in the range shown.',
      ...REFUSED,
      kind: 'number',
    }),
    picturePanel(9, 7, {
      id: 'trailgate-vis-limits-hit',
      title: 'rate limits hit',
      description: 'Requests that a limiter refused, in the range shown.',
      ...LIMITS_HIT,
      kind: 'number',
    }),
    picturePanel(9, 7, {
      id: 'trailgate-vis-findings',
      title: 'findings',
      description: 'Findings of the detectors in the range shown.',
      ...FOUND,
      kind: 'number',
    }),
  ];
}

function courses() {
  return [
    picturePanel(48, 14, {
      id: 'trailgate-vis-actions-over-time',
      title: 'security events by action',
      description: 'Security events over time, by action of the vocabulary; the eight most frequent.',
      ...HAPPENED,
      kind: 'bars',
      buckets: [overTime(), topOf('event.action', 8, 'Action')],
    }),
    picturePanel(16, 12, {
      id: 'trailgate-vis-logins-over-time',
      title: 'logins by outcome',
      description: 'Logins and tokens over time, taken and refused.',
      channel: 'trail',
      where: AUTHENTICATION,
      kind: 'bars',
      metrics: [eventCount('Logins')],
      buckets: [overTime(), topOf('event.outcome', 3, 'Outcome')],
    }),
    picturePanel(16, 12, {
      id: 'trailgate-vis-denials-over-time',
      title: 'refused requests by action',
      description: 'Denied requests over time, by what was refused.',
      ...REFUSED,
      kind: 'bars',
      buckets: [overTime(), topOf('event.action', 8, 'Action')],
    }),
    picturePanel(16, 12, {
      id: 'trailgate-vis-limits-over-time',
      title: 'rate limits hit by route',
      description: 'Requests that a limiter refused over time, by route.',
      ...LIMITS_HIT,
      kind: 'bars',
      buckets: [overTime(), topOf('route', 8, 'Route')],
    }),
  ];
}

function logins() {
  return [
    picturePanel(16, 14, {
      id: 'trailgate-vis-users',
      title: 'users with most failed logins',
      description: 'As whom it was tried, by number of refused attempts in the range shown.',
      ...LOGINS_FAILED,
      kind: 'table',
      buckets: [topOf('user.id', 20, 'User')],
    }),
    picturePanel(16, 14, {
      id: 'trailgate-vis-addresses',
      title: 'addresses with most failed logins',
      description: 'From where it was tried, by number of refused attempts in the range shown.',
      ...LOGINS_FAILED,
      kind: 'table',
      buckets: [topOf('source.ip', 20, 'Address')],
    }),
    picturePanel(16, 14, {
      id: 'trailgate-vis-rules',
      title: 'findings by rule',
      description: 'Which rules found something, and about whom, in the range shown.',
      ...FOUND,
      kind: 'table',
      buckets: [topOf('rule.name', 20, 'Rule'), topOf('principal', 5, 'Principal')],
    }),
  ];
}

function refusals() {
  return [
    picturePanel(16, 14, {
      id: 'trailgate-vis-refused-principals',
      title: 'principals refused most',
      description: 'Who was denied most, and what for, in the range shown.',
      ...REFUSED,
      kind: 'table',
      buckets: [topOf('principal', 20, 'Principal'), topOf('event.action', 3, 'Action')],
    }),
    picturePanel(16, 14, {
      id: 'trailgate-vis-refused-addresses',
      title: 'addresses refused most',
      description: 'From where most was denied in the range shown.',
      ...REFUSED,
      kind: 'table',
      buckets: [topOf('source.ip', 20, 'Address')],
    }),
    picturePanel(16, 14, {
      id: 'trailgate-vis-refused-routes',
      title: 'routes refused most',
      description: 'What most was denied on in the range shown.',
      ...REFUSED,
      kind: 'ranking',
      buckets: [topOf('route', 12, 'Route')],
    }),
    picturePanel(16, 14, {
      id: 'trailgate-vis-event-tenants',
      title: 'security events by tenant',
      description: 'Security events by tenant in the range shown; - is what no authorizer gave one.',
      ...HAPPENED,
      kind: 'ranking',
      buckets: [topOf('tenant', 12, 'Tenant')],
    }),
    picturePanel(16, 14, {
      id: 'trailgate-vis-event-actions',
      title: 'security events by action and outcome',
      description: 'Security events by action and outcome in the range shown.',
      ...HAPPENED,
      kind: 'table',
      buckets: [topOf('event.action', 50, 'Action'), topOf('event.outcome', 3, 'Outcome')],
    }),
    picturePanel(16, 14, {
      id: 'trailgate-vis-countries',
      title: 'countries',
      description:
        'Requests that the web application firewall turned away, by country of the client; empty without one. A list, since the maps of Dashboards are fetched from the internet.',
      channel: 'trail',
      where: OF_A_COUNTRY,
      kind: 'ranking',
      metrics: [eventCount('Events')],
      buckets: [topOf('source.geo.country_iso_code', 15, 'Country')],
    }),
  ];
}
