/** Makes of each rule of the detectors the monitor that says the same of the trail index, as far as a monitor can. */
import { indexPattern } from '@trailgate/collectors/schema';
import type { Rule, RuleLevel } from '@trailgate/detectors/rules';
import { SEARCH_IDS } from '../../opensearch/saved-object-ids.ts';
import type { AlertMonitor } from '../alert-monitor.ts';
import { bucketMonitor, NEW_GROUPS } from '../bucket-monitor.ts';
import { actionAmong, eventCount, is, withinSeconds } from '../clause.ts';
import type { Severity } from '../monitor.ts';
import type { MonitorOptions } from '../monitor-options.ts';
import { INDEX_FIELDS, LIMITER_ACTION } from './rule-fields.ts';
import { type NamedLoss, ruleLosses } from './rule-losses.ts';
import { plainText, thresholdText, windowText } from './rule-text.ts';
import { type Clause, ruleClause, UnsayableError } from './selection-clause.ts';

export interface RuleMonitor {
  readonly rule: Rule;
  /** Undefined where a monitor would say nothing of the rule. */
  readonly monitor: AlertMonitor | undefined;
  /** What the monitor does not say; of a rule without one, why there is none. */
  readonly losses: readonly NamedLoss[];
}

export const SEVERITIES: Readonly<Record<RuleLevel, Severity>> = {
  critical: '1',
  high: '2',
  medium: '3',
  low: '4',
  informational: '5',
};

/** The plugin's own maximum. */
const DAY_MINUTES = 1_440;
const NOTHING_TO_SEE = 'all that it counts: requests that functions report as counts, which no index has';

export function ruleMonitors(rules: readonly Rule[], options: MonitorOptions): readonly RuleMonitor[] {
  return rules.map((rule) => {
    try {
      const clause = ruleClause(rule, 'trail');
      if (clause === 'none')
        return { rule, monitor: undefined, losses: [{ loss: 'usage', says: NOTHING_TO_SEE }] };
      return { rule, monitor: ruleMonitor(rule, clause, options), losses: ruleLosses(rule) };
    } catch (error) {
      if (!(error instanceof UnsayableError)) throw error;
      return { rule, monitor: undefined, losses: [{ loss: 'comparison', says: error.message }] };
    }
  });
}

/** Known by the rule's name, since titles may change. */
export function ruleMonitorTitle({ name }: Pick<Rule, 'name'>): string {
  return `rule ${name}`;
}

function ruleMonitor(rule: Rule, clause: Exclude<Clause, 'none'>, options: MonitorOptions): AlertMonitor {
  const { name, title, description, level, correlation, dedupMs } = rule;
  const fires = thresholdText(rule);
  return bucketMonitor(
    {
      key: `rule-${name}`,
      title: ruleMonitorTitle(rule),
      severity: SEVERITIES[level],
      everyMinutes: 1,
      indices: [indexPattern('trail')],
      filter: [
        withinSeconds(Math.ceil(correlation.timespanMs / 1_000)),
        is('event.kind', 'event'),
        ...(clause === 'all' ? [] : [clause]),
      ],
      mustNot: [actionAmong(LIMITER_ACTION)],
      // One key of the detectors; records that name none have one together there, too.
      groupBy: [
        { field: 'tenant', orNone: true },
        { field: 'principal', orNone: true },
      ],
      ...measured(rule),
      fires,
      subject: `Trailgate: ${plainText(title, 88)}`,
      lines: [
        `${plainText(description, 500)}`,
        `Tenant and principal with ${fires}: ${NEW_GROUPS}`,
        `The events are those of the ${windowText(correlation.timespanMs)} before the run.`,
      ],
      todo: `A finding of the rule ${name} for the same principal says what the detectors think of it, and which cap they wrote. Without one, look at the events: people behind one address, or an attack? An attack: block the principal or write it a cap in the limits table.`,
      search: actionsAreLogins(rule) ? SEARCH_IDS.failedLogins : SEARCH_IDS.trail,
      throttleMinutes: Math.min(Math.max(Math.ceil(dedupMs / 60_000), 1), DAY_MINUTES),
    },
    options,
  );
}

/** What of a group is counted, and when it is enough. */
function measured({ correlation }: Rule): { measures: Record<string, object>; condition: string } {
  const attempts = eventCount();
  if (correlation.type === 'event_count') {
    return { measures: { attempts }, condition: `params.attempts >= ${correlation.gte}` };
  }
  const { field: name, gte, events } = correlation;
  if (name === 'kind') throw new UnsayableError('different kinds of signal, of which the index has one');
  const enough = events === undefined ? '' : ` && params.attempts >= ${events}`;
  return {
    measures: { attempts, values: { cardinality: { field: INDEX_FIELDS[name] } } },
    condition: `params.values >= ${gte}${enough}`,
  };
}

/** Whether the saved search of failed logins shows the evidence. */
function actionsAreLogins({ selections }: Rule): boolean {
  const actions = selections.flatMap(({ fields }) => fields.filter(({ field }) => field === 'action'));
  const values = actions.flatMap((test) => test.values);
  return values.length > 0 && values.every((action) => action.startsWith('authn_login'));
}
