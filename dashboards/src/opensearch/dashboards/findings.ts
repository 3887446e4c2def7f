/** The dashboard *Findings and caps*: what the detectors found, which caps they wrote, and what the limiter refused since. */
import { ABUSE_FINDINGS, CAPS_WRITTEN, RATE_LIMITED } from '../../conditions/trail-conditions.ts';
import { distinct, documentCount, eventCount, largest, overTime, smallest, topOf } from '../aggregation.ts';
import { dashboard } from '../dashboard.ts';
import { dashboardLink, searchLink } from '../dashboard-links.ts';
import { note } from '../note.ts';
import { panel, picturePanel, searchPanel } from '../panel.ts';
import type { SavedObject } from '../saved-object.ts';

const FOUND = { channel: 'trail', where: ABUSE_FINDINGS, metrics: [documentCount('Findings')] } as const;
const REFUSED = { channel: 'trail', where: RATE_LIMITED, metrics: [eventCount('Refused')] } as const;

export function findingsDashboard(): readonly SavedObject[] {
  return dashboard({
    name: 'findings',
    description: 'Findings of the detectors about clients, the caps that they wrote, and what those refused.',
    from: 'now-24h',
    panels: [
      ...totals(),
      ...found(),
      ...recovery(),
      searchPanel(16, 'caps'),
      searchPanel(16, 'findings'),
      about(),
    ],
  });
}

function totals() {
  return [
    picturePanel(12, 7, {
      id: 'trailgate-vis-abuse-findings',
      title: 'findings about clients',
      description: 'Findings in the range shown, without those about the pipeline.',
      ...FOUND,
      kind: 'number',
    }),
    picturePanel(12, 7, {
      id: 'trailgate-vis-found-principals',
      title: 'clients with findings',
      description: 'Different principals that findings are about, in the range shown.',
      channel: 'trail',
      where: ABUSE_FINDINGS,
      kind: 'number',
      metrics: [distinct('principal', 'Principals')],
    }),
    picturePanel(12, 7, {
      id: 'trailgate-vis-caps',
      title: 'caps written',
      description: 'Findings that wrote a cap in the range shown, those of shadow mode among them.',
      channel: 'trail',
      where: CAPS_WRITTEN,
      kind: 'number',
      metrics: [documentCount('Caps')],
    }),
    picturePanel(12, 7, {
      id: 'trailgate-vis-saved-requests',
      title: 'requests that limits refused',
      description: 'What the caps and the limits behind them saved: requests that no handler had to answer.',
      ...REFUSED,
      kind: 'number',
    }),
  ];
}

function found() {
  return [
    picturePanel(48, 12, {
      id: 'trailgate-vis-findings-over-time',
      title: 'findings by rule over time',
      description: 'Findings about clients over time, by rule.',
      ...FOUND,
      kind: 'bars',
      buckets: [overTime(), topOf('rule.name', 10, 'Rule')],
    }),
    picturePanel(24, 14, {
      id: 'trailgate-vis-found-who',
      title: 'who was found',
      description: 'Principals with findings, by which rule, from the first crossing to the last finding.',
      channel: 'trail',
      where: ABUSE_FINDINGS,
      kind: 'table',
      metrics: [
        documentCount('Findings'),
        smallest('first_crossing', 'First crossing'),
        largest('@timestamp', 'Last finding'),
      ],
      buckets: [topOf('principal', 20, 'Principal'), topOf('rule.name', 5, 'Rule')],
    }),
    picturePanel(12, 14, {
      id: 'trailgate-vis-found-tenants',
      title: 'findings by tenant',
      description: 'Findings about clients, by tenant.',
      ...FOUND,
      kind: 'table',
      buckets: [topOf('tenant', 20, 'Tenant')],
    }),
    picturePanel(12, 14, {
      id: 'trailgate-vis-techniques',
      title: 'findings by technique',
      description: 'Findings about clients, by technique of MITRE ATT&CK where the rule names one.',
      ...FOUND,
      kind: 'table',
      buckets: [topOf('threat.technique.id', 20, 'Technique')],
    }),
  ];
}

function recovery() {
  return [
    picturePanel(24, 14, {
      id: 'trailgate-vis-recovery',
      title: 'refused by limits, by client',
      description:
        'Requests that a limiter refused over time, by principal: an attack is over when it falls to none.',
      ...REFUSED,
      kind: 'bars',
      buckets: [overTime(), topOf('principal', 8, 'Principal')],
    }),
    picturePanel(24, 14, {
      id: 'trailgate-vis-refused-spans',
      title: 'from the first refusal to the last',
      description:
        'Whom limits refused most, and since when and until when: the span is the time to recovery.',
      channel: 'trail',
      where: RATE_LIMITED,
      kind: 'table',
      metrics: [
        eventCount('Refused'),
        smallest('@timestamp', 'First refusal'),
        largest('@timestamp', 'Last refusal'),
      ],
      buckets: [topOf('principal', 20, 'Principal')],
    }),
  ];
}

function about() {
  return panel(
    48,
    7,
    note({
      id: 'trailgate-vis-about-findings',
      title: 'caps in force',
      description: 'Where the caps are that hold now.',
      markdown: [
        'A cap in the table above holds until its `end`; in `shadow` mode it is only noted. What is in force now, with what operators wrote, stands in the limits table, where an operator always wins.',
        `Look closer: ${searchLink('caps that detectors wrote', 'caps')} · ${searchLink('rate limits hit', 'limitsHit')} · ${searchLink('accounts that may be taken over', 'takenOver')} · ${dashboardLink('trail')}`,
      ],
    }),
  );
}
