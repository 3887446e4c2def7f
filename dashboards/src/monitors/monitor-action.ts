/** Builds what an alert does: one message a channel, that says what happened and what to do. */
import type { MonitorAction } from './monitor.ts';
import type { MonitorOptions } from './monitor-options.ts';

export interface AlertMessage {
  /** Of the monitor, within names of ours. */
  readonly key: string;
  /** At most 100 characters of ASCII, which is what SNS takes. */
  readonly subject: string;
  /** Mustache, a line each. */
  readonly lines: readonly string[];
  /** Saved search to look at, by its id. */
  readonly search: string;
  /** Minutes in which the same alert is not told again. */
  readonly throttleMinutes: number;
}

/** Of an alert a bucket, only the new ones are told; the plugin tells at most 50 a run. */
export function alertActions(
  { key, subject, lines, search, throttleMinutes }: AlertMessage,
  { channelIds, dashboardsUrl }: MonitorOptions,
  each: 'alert' | 'run',
): readonly MonitorAction[] {
  const link = dashboardsUrl === undefined ? [] : [`Look: ${dashboardsUrl}/app/discover#/view/${search}`];
  const source = [...lines, ...link, 'Monitor: {{ctx.monitor.name}}, run at {{ctx.periodEnd}}'].join('\n');
  return channelIds.map((channel) => ({
    id: `trailgate-${key}-${channel}`,
    name: `tell ${channel}`,
    destination_id: channel,
    subject_template: { source: subject, lang: 'mustache' },
    message_template: { source, lang: 'mustache' },
    throttle_enabled: true,
    throttle: { value: throttleMinutes, unit: 'MINUTES' },
    ...(each === 'alert' && {
      action_execution_policy: {
        action_execution_scope: { per_alert: { actionable_alerts: ['NEW'] } },
      },
    }),
  }));
}
