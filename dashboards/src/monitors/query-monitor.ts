/** A monitor that looks at all that its search finds as one, and has one alert. */
import type { AlertMonitor } from './alert-monitor.ts';
import type { MonitorQuery } from './monitor.ts';
import { type AlertMessage, alertActions, alertNote } from './monitor-action.ts';
import type { MonitorOptions } from './monitor-options.ts';

export interface QueryMonitor extends AlertMessage {
  readonly everyMinutes: number;
  readonly indices: readonly string[];
  readonly query: MonitorQuery;
  /** Painless, over `ctx.results[0]`. */
  readonly condition: string;
}

export function queryMonitor(monitor: QueryMonitor, options: MonitorOptions): AlertMonitor {
  const { key, title, severity, everyMinutes, indices, query, condition } = monitor;
  return {
    alerts: [alertNote(monitor)],
    definition: {
      type: 'monitor',
      name: `Trailgate: ${title}`,
      monitor_type: 'query_level_monitor',
      enabled: true,
      schedule: { period: { interval: everyMinutes, unit: 'MINUTES' } },
      inputs: [{ search: { indices, query } }],
      triggers: [
        {
          query_level_trigger: {
            id: `trailgate-${key}`,
            name: title,
            severity,
            condition: { script: { source: condition, lang: 'painless' } },
            actions: alertActions(monitor, options, 'the alert'),
          },
        },
      ],
    },
  };
}
