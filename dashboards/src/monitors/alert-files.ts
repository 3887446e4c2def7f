/** Monitors and Security Analytics as files, for people who apply them by hand. */
import type { Rule } from '@trailgate/detectors/rules';
import { securityAnalytics } from '../security-analytics/security-analytics.ts';
import { alertMonitors } from './alert-monitors.ts';
import type { MonitorOptions } from './monitor-options.ts';

/** Contents by path below the folder of OpenSearch. @throws MonitorOptionsError */
export function alertFiles(rules: readonly Rule[], options: MonitorOptions): ReadonlyMap<string, string> {
  const { logType, rules: texts, fieldMappings, detector } = securityAnalytics(rules, options);
  const properties = Object.fromEntries(
    Object.entries(fieldMappings).map(([name, path]) => [name, { type: 'alias', path }]),
  );
  return new Map([
    ...alertMonitors(rules, options).map(
      (monitor) => [`monitors/${fileName(monitor.name)}.json`, json(monitor)] as const,
    ),
    ['security-analytics/log-type.json', json(logType)],
    ...texts.map(({ title, text }) => [`security-analytics/rules/${fileName(title)}.yaml`, text] as const),
    [
      'security-analytics/mappings.json',
      json({ rule_topic: logType.name, partial: true, alias_mappings: { properties } }),
    ],
    ['security-analytics/detector.json', json(detector)],
  ]);
}

function json(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

function fileName(name: string): string {
  return name
    .replace(/^Trailgate: /, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
