/** A monitor that looks at each document once, soon after it was written, and has an alert for each that fits. */

import { channelAlias, type TrailField } from '@trailgate/collectors/schema';
import type { Channel } from '@trailgate/sdk/wire';
import { type Condition, luceneQuery } from '../conditions/condition.ts';
import type { AlertMonitor } from './alert-monitor.ts';
import type { DocumentLevelTrigger } from './monitor.ts';
import { type AlertMessage, alertActions, alertNote } from './monitor-action.ts';
import type { MonitorOptions } from './monitor-options.ts';

export interface DocumentMonitor {
  readonly title: string;
  readonly everyMinutes: number;
  readonly channel: Channel;
  readonly watched: readonly WatchedDocuments[];
  readonly triggers: readonly [DocumentTrigger, ...DocumentTrigger[]];
}

export interface WatchedDocuments {
  /** Letters, digits and `-`. */
  readonly name: string;
  readonly tags: readonly string[];
  readonly conditions: readonly Condition<TrailField>[];
}

export interface DocumentTrigger extends AlertMessage {
  /** Over `query[name=…]` and `query[tag=…]`, with `&&`, `||`, `!` and parentheses. */
  readonly expression: string;
}

/**
 * Asks the alias, of which the plugin watches the write index only: the set-up makes the newest index that one. What comes to
 * another index is not seen, so whatever must not be missed has a monitor of groups beside it.
 */
export function documentMonitor(monitor: DocumentMonitor, options: MonitorOptions): AlertMonitor {
  const { title, everyMinutes, channel, watched, triggers } = monitor;
  const [first, ...others] = triggers;
  const triggerOf = (trigger: DocumentTrigger): DocumentLevelTrigger => ({
    document_level_trigger: {
      id: `trailgate-${trigger.key}`,
      name: trigger.title,
      severity: trigger.severity,
      condition: { script: { source: trigger.expression, lang: 'painless' } },
      actions: alertActions(trigger, options, 'all of a run'),
    },
  });
  return {
    alerts: triggers.map(alertNote),
    definition: {
      type: 'monitor',
      name: `Trailgate: ${title}`,
      monitor_type: 'doc_level_monitor',
      enabled: true,
      schedule: { period: { interval: everyMinutes, unit: 'MINUTES' } },
      inputs: [
        {
          doc_level_input: {
            description: title,
            indices: [channelAlias(channel)],
            queries: watched.map(({ name, tags, conditions }) => ({
              id: `trailgate-${name}`,
              name,
              query: luceneQuery(conditions),
              tags,
            })),
          },
        },
      ],
      triggers: [triggerOf(first), ...others.map(triggerOf)],
    },
  };
}
