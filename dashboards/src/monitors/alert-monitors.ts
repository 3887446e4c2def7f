/** The alert monitors that a security team has on its first day. */
import type { Rule } from '@trailgate/detectors/rules';
import type { AlertMonitor } from './alert-monitor.ts';
import type { MonitorDefinition } from './monitor.ts';
import { type MonitorOptions, monitorThresholds } from './monitor-options.ts';
import { lateRecords, recordsMissing, trailSilent } from './pipeline-monitors.ts';
import { ruleMonitors } from './rules/rule-monitors.ts';
import { failedLoginsOfUser, newFinding, rightsChanged } from './security-monitors.ts';
import { singleEvents } from './single-event-monitors.ts';

/**
 * Those that are written here, and one for each rule of the detectors that a monitor can say. Quarantined lines are in a bucket and
 * no index: an alarm of CloudWatch tells of them. @throws MonitorOptionsError
 */
export function alertMonitors(rules: readonly Rule[], options: MonitorOptions): readonly MonitorDefinition[] {
  return describedMonitors(rules, options).map(({ definition }) => definition);
}

/** The same with what the page of alerts says of them. */
export function describedMonitors(rules: readonly Rule[], options: MonitorOptions): readonly AlertMonitor[] {
  const thresholds = monitorThresholds(options.thresholds);
  return [
    newFinding(options),
    ...ruleMonitors(rules, options).flatMap(({ monitor }) => monitor ?? []),
    failedLoginsOfUser(thresholds, options),
    singleEvents(options),
    rightsChanged(options),
    trailSilent(thresholds, options),
    recordsMissing(options),
    lateRecords(thresholds, options),
  ];
}
