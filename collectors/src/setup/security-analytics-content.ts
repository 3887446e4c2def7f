/** What the set-up installs in the plugin Security Analytics; `@trailgate/dashboards` has ours. */
import type { Json } from '../schema/mapping.ts';

export interface SecurityAnalyticsContent {
  readonly logType: { readonly name: string; readonly description: string; readonly source: 'Custom' };
  readonly rules: readonly DetectionRule[];
  /** Index fields by the name that the plugin has for them. */
  readonly fieldMappings: Readonly<Record<string, string>>;
  /** Its input's `custom_rules` are filled in: the plugin gives out ids of rules itself. */
  readonly detector: Json & {
    readonly name: string;
    readonly enabled: boolean;
    readonly inputs: readonly [DetectorInput];
  };
}

export interface DetectionRule {
  /** UUID in the rule's own text, by which it is known again. */
  readonly id: string;
  readonly title: string;
  /** Sigma, YAML. */
  readonly text: string;
}

export interface DetectorInput {
  readonly detector_input: Json;
}
