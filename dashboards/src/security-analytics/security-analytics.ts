/** What OpenSearch's plugin Security Analytics is given: a log type, rules, a field mapping, and a detector that runs them. */
import { channelAlias, type TrailField } from '@trailgate/collectors/schema';
import type { Rule, RuleLevel } from '@trailgate/detectors/rules';
import type { MonitorAction, Severity } from '../monitors/monitor.ts';
import { alertActions } from '../monitors/monitor-action.ts';
import type { MonitorOptions } from '../monitors/monitor-options.ts';
import { SEVERITIES } from '../monitors/rules/rule-monitors.ts';
import { SEARCH_IDS } from '../opensearch/saved-object-ids.ts';
import { sigmaText } from './sigma-document.ts';
import { sigmaRule } from './sigma-rule.ts';

/** Lower-case letters, digits, `_` and `-`, of 2 to 50. */
export const LOG_TYPE = 'trailgate';

export interface SecurityAnalytics {
  /** `POST _plugins/_security_analytics/logtype`. */
  readonly logType: { readonly name: string; readonly description: string; readonly source: 'Custom' };
  /** `POST …/rules?category=trailgate`, the text as the body. */
  readonly rules: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  /** The plugin's name of a field, and ours; the schema has the alias, so that each day's index is mapped from its beginning. */
  readonly fieldMappings: Readonly<Record<string, TrailField>>;
  /** `POST …/detectors`; the ids that the plugin gave the rules go into `custom_rules`. */
  readonly detector: ThreatDetector;
}

export interface ThreatDetector {
  readonly name: string;
  readonly enabled: boolean;
  readonly type: 'detector';
  readonly detector_type: string;
  readonly schedule: { readonly period: { readonly interval: number; readonly unit: 'MINUTES' } };
  readonly inputs: readonly [
    {
      readonly detector_input: {
        readonly description: string;
        /** One index or alias. */
        readonly indices: readonly [string];
        readonly custom_rules: readonly { readonly id: string }[];
        readonly pre_packaged_rules: readonly [];
      };
    },
  ];
  readonly triggers: readonly DetectorTrigger[];
}

/** What has all that it names; an empty list names all. */
export interface DetectorTrigger {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly types: readonly string[];
  readonly ids: readonly string[];
  readonly sev_levels: readonly RuleLevel[];
  readonly tags: readonly string[];
  readonly actions: readonly MonitorAction[];
}

/** @throws MonitorOptionsError */
export function securityAnalytics(rules: readonly Rule[], options: MonitorOptions): SecurityAnalytics {
  const said = rules.flatMap((rule) => sigmaRule(rule, LOG_TYPE).sigma ?? []);
  const levels = [...new Set(said.map(({ level }) => level))].sort();
  return {
    logType: { name: LOG_TYPE, description: 'Security trail of serverless APIs', source: 'Custom' },
    rules: said.map((sigma) => ({ id: sigma.id, title: sigma.title, text: sigmaText(sigma) })),
    // Without it the plugin would search all days at each run.
    fieldMappings: { timestamp: '@timestamp' },
    detector: {
      name: 'Trailgate security trail',
      enabled: true,
      type: 'detector',
      detector_type: LOG_TYPE,
      schedule: { period: { interval: 1, unit: 'MINUTES' } },
      inputs: [
        {
          detector_input: {
            description: 'Rules of the detectors over the security trail',
            indices: [channelAlias('trail')],
            custom_rules: [],
            pre_packaged_rules: [],
          },
        },
      ],
      triggers: levels.map((level) => detectorTrigger(level, options)),
    },
  };
}

function detectorTrigger(level: RuleLevel, options: MonitorOptions): DetectorTrigger {
  const severity = SEVERITIES[level];
  const name = `Trailgate rules of level ${level}`;
  return {
    id: `trailgate-analytics-${level}`,
    name,
    severity,
    types: [LOG_TYPE],
    ids: [],
    sev_levels: [level],
    tags: [],
    actions: alertActions(
      {
        key: `analytics-${level}`,
        title: name,
        severity,
        fires: `a rule of level ${level} has enough documents of a principal`,
        subject: `Trailgate: Security Analytics has found something of level ${level}`,
        lines: ['Rules of the trail have found something: {{ctx.trigger.name}}.'],
        todo: 'The finding in Security Analytics names the rule and the documents. Is there a finding of the detectors, too? It says more, and which cap was written.',
        search: SEARCH_IDS.findings,
        throttleMinutes: 10,
      },
      options,
      'the alert',
    ),
  };
}
