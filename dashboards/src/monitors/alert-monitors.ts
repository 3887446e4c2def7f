/** The alert monitors that a security team has on its first day. */
import type { MonitorDefinition } from './monitor.ts';
import { type MonitorOptions, monitorThresholds } from './monitor-options.ts';
import { lateRecords, recordsMissing, trailSilent } from './pipeline-monitors.ts';
import {
  failedLoginsFromAddress,
  failedLoginsOfUser,
  newFinding,
  rightsChanged,
} from './security-monitors.ts';

/** Quarantined lines are in a bucket and no index: an alarm of CloudWatch tells of them. @throws MonitorOptionsError */
export function alertMonitors(options: MonitorOptions): readonly MonitorDefinition[] {
  const thresholds = monitorThresholds(options.thresholds);
  return [
    newFinding(options),
    failedLoginsOfUser(thresholds, options),
    failedLoginsFromAddress(thresholds, options),
    rightsChanged(options),
    trailSilent(thresholds, options),
    recordsMissing(options),
    lateRecords(thresholds, options),
  ];
}
