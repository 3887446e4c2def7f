/** The files that a Grafana is provisioned from, by their path: dashboards and alerting; data sources are an installation's own. */
import { alertRulesFile } from './alerting/alert-groups.ts';
import { contactPointsFile, policiesFile } from './alerting/contact-points.ts';
import { grafanaDashboards } from './grafana-dashboards.ts';

/** Contents are JSON, which Grafana reads for alerting as well as YAML. @throws ContactKindError */
export function grafanaFiles(contactKinds: readonly string[]): ReadonlyMap<string, object> {
  return new Map<string, object>([
    ...grafanaDashboards().map((dashboard): [string, object] => [
      `dashboards/${dashboard.uid}.json`,
      dashboard,
    ]),
    ['provisioning/alerting/rules.json', alertRulesFile()],
    ['provisioning/alerting/contact-points.json', contactPointsFile(contactKinds)],
    ['provisioning/alerting/policies.json', policiesFile()],
  ]);
}
