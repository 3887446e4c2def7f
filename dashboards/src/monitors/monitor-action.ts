/** Builds what an alert does: one message a channel, that says what happened and what to do. */
import type { AlertNote } from './alert-monitor.ts';
import type { MonitorAction, Severity } from './monitor.ts';
import type { MonitorOptions } from './monitor-options.ts';

export interface AlertMessage {
  /** Of the trigger, within names of ours. */
  readonly key: string;
  readonly title: string;
  readonly severity: Severity;
  /** When it fires, for people who look it up. */
  readonly fires: string;
  /** At most 100 characters of ASCII, which is what SNS takes. */
  readonly subject: string;
  /** Who, what and where: Mustache, a line each. */
  readonly lines: readonly string[];
  /** What to do. */
  readonly todo: string;
  /** Saved search to look at, by its id. */
  readonly search: string;
  /** Minutes in which the same alert is not told again. */
  readonly throttleMinutes: number;
}

/** How often an action tells: each new alert of a group, all documents of a run at once, or as the one alert there is. */
type Telling = 'new alerts' | 'all of a run' | 'the alert';

const POLICIES: Readonly<Record<Telling, Pick<MonitorAction, 'action_execution_policy'>>> = {
  'new alerts': {
    action_execution_policy: { action_execution_scope: { per_alert: { actionable_alerts: ['NEW'] } } },
  },
  'all of a run': { action_execution_policy: { action_execution_scope: { per_execution: {} } } },
  // A monitor of one query takes no policy.
  'the alert': {},
};

/** The plugin tells at most 50 alerts a run one by one. */
export function alertActions(
  { key, subject, lines, todo, search, throttleMinutes }: AlertMessage,
  { channelIds, dashboardsUrl }: MonitorOptions,
  telling: Telling,
): readonly MonitorAction[] {
  const link = dashboardsUrl === undefined ? [] : [`Look: ${dashboardsUrl}/app/discover#/view/${search}`];
  const source = [...lines, todo, ...link, 'Monitor: {{ctx.monitor.name}}, run at {{ctx.periodEnd}}'].join(
    '\n',
  );
  return channelIds.map((channel) => ({
    id: `trailgate-${key}-${channel}`,
    name: `tell ${channel}`,
    destination_id: channel,
    subject_template: { source: subject, lang: 'mustache' },
    message_template: { source, lang: 'mustache' },
    throttle_enabled: true,
    throttle: { value: throttleMinutes, unit: 'MINUTES' },
    ...POLICIES[telling],
  }));
}

export function alertNote({
  title,
  severity,
  fires,
  todo,
  throttleMinutes,
  search,
}: AlertMessage): AlertNote {
  return { title, severity, fires, todo, throttleMinutes, search };
}
