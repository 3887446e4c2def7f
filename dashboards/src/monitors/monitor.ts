/** What a monitor of OpenSearch's alerting plugin is made of, in the shape that its interface takes. */

/** For `POST _plugins/_alerting/monitors`. */
export interface MonitorDefinition {
  readonly type: 'monitor';
  /** Begins with `Trailgate: `; a monitor is known again by it. */
  readonly name: string;
  readonly monitor_type: 'query_level_monitor' | 'bucket_level_monitor';
  readonly enabled: boolean;
  readonly schedule: { readonly period: { readonly interval: number; readonly unit: 'MINUTES' } };
  readonly inputs: readonly [{ readonly search: MonitorInput }];
  readonly triggers: readonly [QueryLevelTrigger | BucketLevelTrigger];
}

export interface MonitorInput {
  readonly indices: readonly string[];
  /** A search; `{{period_end}}` in it becomes the time of the run, epoch milliseconds. */
  readonly query: MonitorQuery;
}

export interface MonitorQuery {
  readonly size: number;
  readonly sort?: readonly object[];
  readonly query: {
    readonly bool: { readonly filter: readonly object[]; readonly must_not?: readonly object[] };
  };
  readonly aggregations?: Readonly<Record<string, object>>;
}

export interface Script<Language extends string> {
  readonly source: string;
  readonly lang: Language;
}

interface Trigger<Condition> {
  /** Ours, so that alerts and throttles outlive a change of the monitor. */
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly condition: Condition;
  readonly actions: readonly MonitorAction[];
}

/** `1` is the highest. */
export type Severity = '1' | '2' | '3' | '4' | '5';

export interface QueryLevelTrigger {
  readonly query_level_trigger: Trigger<{ readonly script: Script<'painless'> }>;
}

export interface BucketLevelTrigger {
  readonly bucket_level_trigger: Trigger<{
    /** Names in the script by paths below the composite aggregation. */
    readonly buckets_path: Readonly<Record<string, string>>;
    readonly parent_bucket_path: string;
    readonly script: Script<'painless'>;
  }>;
}

export interface MonitorAction {
  readonly id: string;
  readonly name: string;
  /** A notification channel's `config_id`. */
  readonly destination_id: string;
  readonly subject_template: Script<'mustache'>;
  readonly message_template: Script<'mustache'>;
  readonly throttle_enabled: true;
  readonly throttle: { readonly value: number; readonly unit: 'MINUTES' };
  readonly action_execution_policy?: {
    readonly action_execution_scope: {
      readonly per_alert: { readonly actionable_alerts: readonly ('NEW' | 'DEDUPED' | 'COMPLETED')[] };
    };
  };
}
