/** What a monitor of OpenSearch's alerting plugin is made of, in the shape that its interface takes. */

/** For `POST _plugins/_alerting/monitors`. */
export type MonitorDefinition = SearchMonitor | DocumentLevelMonitor;

interface AnyMonitor {
  readonly type: 'monitor';
  /** Begins with `Trailgate: `; a monitor is known again by it. */
  readonly name: string;
  readonly enabled: boolean;
  readonly schedule: { readonly period: { readonly interval: number; readonly unit: 'MINUTES' } };
}

/** Searches what is there at each run: all of it as one, or group by group. */
export interface SearchMonitor extends AnyMonitor {
  readonly monitor_type: 'query_level_monitor' | 'bucket_level_monitor';
  readonly inputs: readonly [{ readonly search: MonitorInput }];
  readonly triggers: readonly [QueryLevelTrigger | BucketLevelTrigger];
}

/** Looks at each document that has come since the run before. */
export interface DocumentLevelMonitor extends AnyMonitor {
  readonly monitor_type: 'doc_level_monitor';
  readonly inputs: readonly [{ readonly doc_level_input: DocumentLevelInput }];
  readonly triggers: readonly [DocumentLevelTrigger, ...DocumentLevelTrigger[]];
}

export interface DocumentLevelInput {
  readonly description: string;
  /** One alias: the plugin refuses a pattern. */
  readonly indices: readonly [string];
  readonly queries: readonly DocumentQuery[];
}

export interface DocumentQuery {
  /** Without spaces and brackets, as are names and tags: triggers name them. */
  readonly id: string;
  readonly name: string;
  /** In Lucene's language. */
  readonly query: string;
  readonly tags: readonly string[];
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

export interface DocumentLevelTrigger {
  /** The script is an expression over `query[name=…]` and `query[tag=…]` with `&&`, `||`, `!` and parentheses. */
  readonly document_level_trigger: Trigger<{ readonly script: Script<'painless'> }>;
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
    readonly action_execution_scope:
      | { readonly per_alert: { readonly actionable_alerts: readonly ('NEW' | 'DEDUPED' | 'COMPLETED')[] } }
      | { readonly per_execution: Readonly<Record<never, never>> };
  };
}
