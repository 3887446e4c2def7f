/** A monitor that groups what its search finds, and has an alert for each group of its own: the same one is told once. */
import type { TrailField } from '@trailgate/collectors/schema';
import type { AlertMonitor } from './alert-monitor.ts';
import type { MonitorQuery } from './monitor.ts';
import { type AlertMessage, alertActions, alertNote } from './monitor-action.ts';
import type { MonitorOptions } from './monitor-options.ts';

export interface BucketMonitor extends AlertMessage {
  readonly everyMinutes: number;
  readonly indices: readonly string[];
  readonly filter: readonly object[];
  readonly mustNot?: readonly object[];
  /** In the order in which the message's `bucket_keys` has them. */
  readonly groupBy: readonly GroupField[];
  /** Aggregations of a group, by the name that the condition has for them; `_count` is there anyway. */
  readonly measures?: Readonly<Record<string, object>>;
  /** Painless, over `params`. */
  readonly condition: string;
}

export interface GroupField {
  readonly field: TrailField | '_index';
  /** Records without the field make a group, too. */
  readonly orNone?: true;
}

/** The groups that the message is about, in a message's line. */
export const NEW_GROUPS = '{{#ctx.newAlerts}}{{bucket_keys}}{{/ctx.newAlerts}}';

const GROUPS = 'groups';
/** The plugin asks page by page until there are no more. */
const GROUPS_A_PAGE = 500;

export function bucketMonitor(monitor: BucketMonitor, options: MonitorOptions): AlertMonitor {
  const { key, title, severity, everyMinutes, indices, measures = {}, condition } = monitor;
  const names = Object.keys(measures);
  return {
    alerts: [alertNote(monitor)],
    definition: {
      type: 'monitor',
      name: `Trailgate: ${title}`,
      monitor_type: 'bucket_level_monitor',
      enabled: true,
      schedule: { period: { interval: everyMinutes, unit: 'MINUTES' } },
      inputs: [{ search: { indices, query: groupedQuery(monitor, measures) } }],
      triggers: [
        {
          bucket_level_trigger: {
            id: `trailgate-${key}`,
            name: title,
            severity,
            condition: {
              buckets_path: Object.fromEntries(['_count', ...names].map((name) => [name, name])),
              parent_bucket_path: GROUPS,
              script: { source: condition, lang: 'painless' },
            },
            actions: alertActions(monitor, options, 'new alerts'),
          },
        },
      ],
    },
  };
}

function groupedQuery(
  { filter, mustNot, groupBy }: BucketMonitor,
  measures: Readonly<Record<string, object>>,
): MonitorQuery {
  const sources = groupBy.map(({ field, orNone }) => ({
    [field]: { terms: { field, ...(orNone && { missing_bucket: true }) } },
  }));
  return {
    size: 0,
    query: { bool: { filter, ...(mustNot !== undefined && { must_not: mustNot }) } },
    aggregations: {
      [GROUPS]: {
        composite: { size: GROUPS_A_PAGE, sources },
        ...(Object.keys(measures).length > 0 && { aggregations: measures }),
      },
    },
  };
}
