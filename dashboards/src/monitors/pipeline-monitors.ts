/** Monitors of the trail itself: whether it speaks, whether it is whole, and whether its clocks are right. */
import { indexPattern } from '@trailgate/collectors/schema';
import { SEARCH_IDS } from '../opensearch/saved-object-ids.ts';
import type { AlertMonitor } from './alert-monitor.ts';
import { bucketMonitor, NEW_GROUPS } from './bucket-monitor.ts';
import { among, inIndices, is, withinMinutes } from './clause.ts';
import { COMPLETENESS_RULES } from './completeness-rules.ts';
import type { MonitorOptions, MonitorThresholds } from './monitor-options.ts';
import { queryMonitor } from './query-monitor.ts';

const TRAIL = [indexPattern('trail')];
const DAY_MINUTES = 24 * 60;

/** A trail that seldom speaks is not silent for a quarter of an hour: only one that spoke often in the day before is. */
export function trailSilent({ eventsADay }: MonitorThresholds, options: MonitorOptions): AlertMonitor {
  return queryMonitor(
    {
      key: 'trail-silent',
      title: 'trail silent for 15 minutes',
      severity: '1',
      everyMinutes: 5,
      indices: TRAIL,
      query: {
        size: 0,
        query: { bool: { filter: [withinMinutes(DAY_MINUTES)] } },
        aggregations: { recent: { filter: withinMinutes(15) } },
      },
      condition: `ctx.results[0].hits.total.value >= ${eventsADay} && ctx.results[0].aggregations.recent.doc_count == 0`,
      subject: 'Trailgate: the security trail is silent',
      lines: [
        'Nothing has come to the trail for 15 minutes; in the 24 hours before it was {{ctx.results.0.hits.total.value}} events or more.',
      ],
      todo: 'Look at the alarms of the collector (iterator age, errors) and of the subscription (delivery errors) first, then at whether the SDK was switched off.',
      fires: `nothing came for 15 minutes, after ${eventsADay} events or more in 24 hours`,
      search: SEARCH_IDS.trail,
      throttleMinutes: 60,
    },
    options,
  );
}

export function recordsMissing(options: MonitorOptions): AlertMonitor {
  return queryMonitor(
    {
      key: 'records-missing',
      title: 'records missing',
      severity: '2',
      everyMinutes: 5,
      indices: TRAIL,
      query: {
        size: 5,
        sort: [{ '@timestamp': { order: 'desc' } }],
        query: {
          bool: {
            filter: [withinMinutes(60), is('event.kind', 'alert'), among('rule.name', COMPLETENESS_RULES)],
          },
        },
      },
      condition: 'ctx.results[0].hits.total.value > 0',
      subject: 'Trailgate: records or requests are missing from the trail',
      lines: [
        '{{ctx.results.0.hits.total.value}} findings within the hour; the newest:',
        '{{#ctx.results.0.hits.hits}}- {{_source.message}}\n{{/ctx.results.0.hits.hits}}',
      ],
      todo: 'Each names the function, the instance and the numbers. Compare with the delivery errors of the subscription, the quarantine and the on-failure objects; `trailgate quarantine` and `trailgate replay` bring back what is there.',
      fires: 'a finding within the hour that records or requests never arrived',
      search: SEARCH_IDS.findings,
      throttleMinutes: 60,
    },
    options,
  );
}

/**
 * A late index holds what has no other time than a wrong one, so it is counted whole: an alert a service and month. All
 * indices are asked, since there may be no late one, and a monitor of groups cannot read the answer of none.
 */
export function lateRecords({ lateRecords }: MonitorThresholds, options: MonitorOptions): AlertMonitor {
  return bucketMonitor(
    {
      key: 'late-records',
      title: 'records with a wrong clock',
      severity: '3',
      everyMinutes: 15,
      indices: [indexPattern('trail'), indexPattern('business')],
      filter: [inIndices('trail-late-*', 'business-late-*')],
      groupBy: [{ field: '_index' }, { field: 'service.name', orNone: true }],
      condition: `params._count >= ${lateRecords}`,
      subject: 'Trailgate: a service writes records with a wrong clock',
      lines: [
        `Index of the month and service with at least ${lateRecords} records whose time is over 14 days behind or 2 hours ahead: ${NEW_GROUPS}`,
      ],
      todo: 'Set the clock of what writes them right; they are kept, but no chart by time shows them where they belong.',
      fires: `${lateRecords} records of one service in the late index of a month`,
      search: SEARCH_IDS.late,
      throttleMinutes: DAY_MINUTES,
    },
    options,
  );
}
