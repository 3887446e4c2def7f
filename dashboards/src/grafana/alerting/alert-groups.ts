/** All alert rules, in the file that Grafana provisions them from. */
import { type AlertRule, alertRule } from './alert-rule.ts';
import { PIPELINE_ALERTS } from './pipeline-alerts.ts';
import { SECURITY_ALERTS } from './security-alerts.ts';
import { SERVICE_ALERTS } from './service-alerts.ts';

export interface AlertRulesFile {
  readonly apiVersion: 1;
  readonly groups: readonly AlertGroup[];
}

export interface AlertGroup {
  readonly orgId: number;
  readonly name: string;
  readonly folder: string;
  /** How often its rules are judged. */
  readonly interval: '1m';
  readonly rules: readonly AlertRule[];
}

/** The organisation that every Grafana begins with. */
export const ORGANISATION = 1;
export const FOLDER = 'Trailgate';

export function alertRulesFile(): AlertRulesFile {
  const groups = [
    ['Services', SERVICE_ALERTS],
    ['Security', SECURITY_ALERTS],
    ['Pipeline', PIPELINE_ALERTS],
  ] as const;
  return {
    apiVersion: 1,
    groups: groups.map(([name, specs]) => ({
      orgId: ORGANISATION,
      name,
      folder: FOLDER,
      interval: '1m',
      rules: specs.map(alertRule),
    })),
  };
}
