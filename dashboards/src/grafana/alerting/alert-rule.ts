/** A Grafana alert rule in the shape of provisioning files, which is not the one of Grafana's interfaces. */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { TypeReduceBuilder, TypeThresholdBuilder } from '@grafana/grafana-foundation-sdk/expr';
import { DASHBOARD_TITLES, type DashboardName } from '../../dashboard-titles.ts';
import { DASHBOARD_UIDS } from '../dashboards/dashboard-ids.ts';
import { EXPRESSION_SOURCE, mathQuery } from '../queries/math-query.ts';

export interface AlertRule {
  /** Begins with `trailgate-`; the rule is known again by it. */
  readonly uid: string;
  readonly title: string;
  /** `refId` of the query that decides. */
  readonly condition: string;
  readonly data: readonly AlertQuery[];
  readonly dashboardUid: string;
  readonly panelId: number;
  readonly noDataState: 'OK' | 'Alerting';
  readonly execErrState: 'Error';
  readonly for: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: { readonly severity: Severity; readonly part: 'service' | 'security' | 'pipeline' };
  readonly isPaused: false;
}

export interface AlertQuery {
  readonly refId: string;
  /** Seconds before now. */
  readonly relativeTimeRange: { readonly from: number; readonly to: 0 };
  readonly datasourceUid: string;
  readonly model: Dataquery;
}

export type Severity = 'critical' | 'warning';

export interface AlertSpec {
  /** Of the uid, behind `trailgate-`. */
  readonly key: string;
  readonly title: string;
  readonly part: AlertRule['labels']['part'];
  readonly severity: Severity;
  /** Over series; with two, what is judged is the first through the second. */
  readonly queries: readonly [Builder<Dataquery>] | readonly [Builder<Dataquery>, Builder<Dataquery>];
  /** How the points of a series become one number. */
  readonly reducer: 'sum' | 'max' | 'last';
  readonly threshold: { readonly type: 'gt' | 'gte' | 'lt'; readonly value: number };
  /** How far back is looked, in minutes. */
  readonly minutes: number;
  /** How long it has to be so before somebody is told. */
  readonly for: `${number}m`;
  /** Whether no series at all is good or bad news, and why. */
  readonly noData: readonly [state: AlertRule['noDataState'], why: string];
  /** In one sentence, with `{{ $labels.NAME }}`: what is the matter. */
  readonly summary: string;
  /** What to do first. */
  readonly first: string;
  readonly panel: readonly [dashboard: DashboardName, id: number];
}

/** A data source that does not answer is told as that, and not as what the rule is about. */
const WHEN_UNANSWERED = 'Error';

export function alertRule(spec: AlertSpec): AlertRule {
  const { key, title, part, severity, minutes, noData, panel, summary, first } = spec;
  const [dashboard, panelId] = panel;
  const data = steps(spec);
  return {
    uid: `trailgate-${key}`,
    title,
    condition: data.at(-1)?.refId ?? '',
    data: data.map((model) => ({
      refId: model.refId,
      relativeTimeRange: { from: minutes * 60, to: 0 },
      datasourceUid: model.datasource.uid,
      model,
    })),
    dashboardUid: DASHBOARD_UIDS[dashboard],
    panelId,
    noDataState: noData[0],
    execErrState: WHEN_UNANSWERED,
    for: spec.for,
    annotations: {
      summary,
      description: `${first} Look at the panel in “Trailgate: ${DASHBOARD_TITLES[dashboard]}”.`,
      no_data: noData[1],
      __dashboardUid__: DASHBOARD_UIDS[dashboard],
      __panelId__: String(panelId),
    },
    labels: { severity, part },
    isPaused: false,
  };
}

type Step = Dataquery & { readonly refId: string; readonly datasource: { readonly uid: string } };

/** The queries, each reduced to a number a series, perhaps a quotient, and the comparison. */
function steps({ queries, reducer, threshold }: AlertSpec): readonly Step[] {
  const asked = queries.map((query) => query.build() as Step);
  const reduced = asked.map(({ refId }) =>
    new TypeReduceBuilder()
      .refId(`${refId}_${reducer}`)
      .datasource(EXPRESSION_SOURCE)
      .expression(refId)
      .reducer(reducer)
      .settings({ mode: 'dropNN' })
      .build(),
  );
  const refIds = reduced.map(({ refId }) => refId ?? '');
  const quotient =
    refIds.length === 2 ? [mathQuery('Ratio', `\${${refIds[0]}} / \${${refIds[1]}}`).build()] : [];
  const compared = new TypeThresholdBuilder()
    .refId('Condition')
    .datasource(EXPRESSION_SOURCE)
    .expression(quotient.length > 0 ? 'Ratio' : (refIds[0] ?? ''))
    .conditions([{ evaluator: { type: threshold.type, params: [threshold.value] } }])
    .build();
  return [...asked, ...reduced, ...quotient, compared].map((step) => step as Step);
}
