/** How many security events there are, and of what kind, over time. */
import type { TrailField } from '@trailgate/collectors/schema';
import type { Condition } from '../../../conditions/condition.ts';
import {
  AUTHENTICATION,
  DENIED,
  EVENTS,
  FAILED_LOGINS,
  RATE_LIMITED,
} from '../../../conditions/trail-conditions.ts';
import { lineChart } from '../../panels/line-chart.ts';
import { numberPanel } from '../../panels/number.ts';
import type { PanelBuilder } from '../../panels/panel-frame.ts';
import { overTimeQuery } from '../../queries/index-query.ts';
import type { PanelRow } from '../dashboard.ts';

const SOURCE = 'trail';
const FOLDED = 'Folded floods are counted in full.';

interface Amount {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly where: readonly Condition<TrailField>[];
}

const NUMBERS: readonly Amount[] = [
  {
    id: 1,
    title: 'Security events',
    description: `All that functions and the edge reported in the range shown. ${FOLDED}`,
    where: EVENTS,
  },
  {
    id: 2,
    title: 'Failed logins',
    description: `Logins, tokens and passwords that were refused in the range shown. ${FOLDED}`,
    where: FAILED_LOGINS,
  },
  {
    id: 3,
    title: 'Denied',
    description: `Denied in the range shown: missing rights, limits that were hit, input that attacks look like. ${FOLDED}`,
    where: DENIED,
  },
  {
    id: 4,
    title: 'Rate limit hits',
    description: `Requests that a limiter refused in the range shown. ${FOLDED}`,
    where: RATE_LIMITED,
  },
];

const CHARTS: readonly (Amount & { readonly by: TrailField })[] = [
  {
    id: 5,
    title: 'Logins and tokens by outcome',
    description: `Logins, tokens and passwords over time, by whether they were taken. ${FOLDED}`,
    where: AUTHENTICATION,
    by: 'event.outcome',
  },
  {
    id: 6,
    title: 'Denied by action',
    description: `What was denied over time, by action of the vocabulary; the ten most frequent. ${FOLDED}`,
    where: DENIED,
    by: 'event.action',
  },
  {
    id: 7,
    title: 'Rate limit hits by principal',
    description: `Requests that a limiter refused over time, by who was limited; the ten with most. ${FOLDED}`,
    where: RATE_LIMITED,
    by: 'principal',
  },
  {
    id: 8,
    title: 'Security events by action',
    description: `All security events over time, by action of the vocabulary; the ten most frequent. ${FOLDED}`,
    where: EVENTS,
    by: 'event.action',
  },
];

export function amountsRow(): PanelRow {
  return {
    title: 'How much, of what kind',
    panels: [...NUMBERS.map(amount), ...CHARTS.map(overTime)],
  };
}

function amount({ where, ...frame }: Amount): PanelBuilder {
  return numberPanel({
    ...frame,
    source: SOURCE,
    unit: 'short',
    by: 'sum',
    queries: [overTimeQuery({ channel: SOURCE, where, measure: { of: 'events' }, label: frame.title })],
    width: 6,
    height: 5,
  });
}

function overTime({ where, by, ...frame }: Amount & { readonly by: TrailField }): PanelBuilder {
  return lineChart({
    ...frame,
    source: SOURCE,
    unit: 'short',
    stacked: true,
    queries: [overTimeQuery({ channel: SOURCE, where, by, measure: { of: 'events' } })],
    width: 12,
  });
}
