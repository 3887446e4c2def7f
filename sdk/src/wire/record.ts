/** The records that one function instance writes, a JSON object a line: contract version 1 (sdk/docs/record-contract.md). */

/** The version that this writer produces; a reader takes this one and the one before. */
export const CONTRACT_VERSION = 1;

/** Longest line in bytes of UTF-8: Lambda may split what is longer at the size of its pipe (64 KiB). */
export const MAX_LINE_BYTES = 65_535;

/** Root key of the machine part; never written from user data. */
export const MACHINE_KEY = 'trailgate';

export type Level = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
export type Channel = 'business' | 'trail';
export const RECORD_KINDS = ['log', 'request', 'rollup', 'trail'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** The machine part: what routing and completeness need, readable from the first bytes of a line. */
export interface RecordHead {
  readonly version: number;
  readonly channel: Channel;
  readonly kind: RecordKind;
  /** 16 lower-case hex digits, drawn when the instance starts. */
  readonly instance: string;
  /** Position in all that the instance wrote, from 0 by steps of 1. */
  readonly seq: number;
  /** How many like it this record stands for: 1/p of a sampled one, otherwise 1. */
  readonly weight: number;
  readonly level: Level;
  /** RFC 3339, UTC, milliseconds: always 24 characters. */
  readonly timestamp: string;
}

/** Fields that every kind may carry; ECS names where ECS has one (trace_id, span_id, correlation_id, tenant, principal and route are ours). */
export interface CommonFields {
  readonly message: string;
  readonly service: { readonly name: string };
  readonly correlation_id?: string;
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly tenant?: string;
  /** Who is counted and capped: `user:<id>` behind an authorizer, otherwise `ip:<address>`. */
  readonly principal?: string;
  readonly user?: { readonly id: string; readonly roles?: readonly string[] };
  readonly source?: { readonly ip: string };
  /** `METHOD /template/{id}` of the gateway's resource, or the event source's name. */
  readonly route?: string;
  readonly faas?: { readonly name: string; readonly execution: string; readonly coldstart: boolean };
  /** The record of a batch that was being worked on, by the id its source gave it. */
  readonly record?: { readonly source: string; readonly id: string };
  /** Level that the line was logged at, where it was raised to pass the platform's filter. */
  readonly raised_from?: Level;
  /** User fields, never merged into the root. */
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly error?: ErrorFields;
}

export interface ErrorFields {
  readonly type: string;
  readonly message: string;
  readonly stack_trace?: string;
  readonly cause?: ErrorFields;
  /** Those of an `AggregateError`. */
  readonly errors?: readonly ErrorFields[];
}

export interface LogBody extends CommonFields {}

/** Why an invocation's detail was written; `timeout` where the platform was about to end it. */
export type KeepReason = 'sampled' | 'upstream' | 'error' | 'slow' | 'timeout';

/** One a kept invocation. */
export interface RequestBody extends CommonFields {
  /** duration in nanoseconds (ECS). */
  readonly event: { readonly duration: number; readonly outcome: 'success' | 'failure' };
  readonly http?: {
    readonly request: { readonly method: string };
    readonly response: { readonly status_code: number };
  };
  readonly url?: { readonly path: string };
  readonly kept: KeepReason;
}

/**
 * Counts since the instance began. Every number is cumulative, so that a lost or repeated rollup changes nothing;
 * several rollups may share out the rows of one flush.
 */
export interface RollupBody extends CommonFields {
  readonly rollup: Rollup;
}

export interface Rollup {
  /** When the instance began to count, RFC 3339. */
  readonly since: string;
  /** Invocations that the SDK saw the end of, over all event sources. */
  readonly invocations: number;
  readonly requests: readonly RequestCount[];
  readonly latency: readonly RouteLatency[];
  readonly counters: readonly CounterValue[];
  readonly principals: readonly PrincipalCount[];
  /** Absent where the instance has none. */
  readonly distributions?: readonly Distribution[];
  /** Log lines that the ceiling on detail did not let through; absent while there are none. */
  readonly held?: { readonly lines: number; readonly bytes: number };
  /** End of the trail's chain, so that a removed last record shows; absent before the first. */
  readonly chain?: { readonly records: number; readonly hash: string };
}

export interface RequestCount {
  readonly route: string;
  readonly status: number;
  readonly tenant: string;
  /** All requests, kept ones included. */
  readonly count: number;
  /** Those that also wrote a request record. */
  readonly kept: number;
}

export interface RouteLatency {
  readonly route: string;
  /** Milliseconds; buckets as `latency-sketch.ts` cuts them, `[index, count]`, ascending. */
  readonly buckets: readonly (readonly [number, number])[];
}

export interface CounterValue {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
}

/** Values that handlers measured: merges as latencies do, with the sum and the extremes exact. */
export interface Distribution {
  readonly name: string;
  readonly unit: string;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** `value-sketch.ts` cuts them: `[index, count]`, ascending; values of 0 and below are in `zero`. */
  readonly buckets: readonly (readonly [number, number])[];
  readonly zero: number;
}

export interface PrincipalCount {
  readonly tenant: string;
  readonly principal: string;
  /** Requests that a handler answered; those that the limiter refused are not among them. */
  readonly count: number;
  /** Requests that the limiter refused. */
  readonly refused: number;
}

/**
 * The OWASP logging vocabulary (cheatsheetseries.owasp.org, Logging Vocabulary), and `authn_token_rejected`, which is
 * ours: a token that was refused without ever having been revoked.
 */
export type TrailAction =
  | 'authn_login_success'
  | 'authn_login_successafterfail'
  | 'authn_login_fail'
  | 'authn_login_fail_max'
  | 'authn_login_lock'
  | 'authn_password_change'
  | 'authn_password_change_fail'
  | 'authn_impossible_travel'
  | 'authn_token_created'
  | 'authn_token_revoked'
  | 'authn_token_reuse'
  | 'authn_token_delete'
  | 'authn_token_rejected'
  | 'authz_fail'
  | 'authz_change'
  | 'authz_admin'
  | 'crypt_decrypt_fail'
  | 'crypt_encrypt_fail'
  | 'excess_rate_limit_exceeded'
  | 'upload_complete'
  | 'upload_stored'
  | 'upload_validation'
  | 'upload_delete'
  | 'input_validation_fail'
  | 'input_validation_discrete_fail'
  | 'malicious_excess_404'
  | 'malicious_extraneous'
  | 'malicious_attack_tool'
  | 'malicious_cors'
  | 'malicious_direct_reference'
  | 'privilege_permissions_changed'
  | 'sensitive_create'
  | 'sensitive_read'
  | 'sensitive_update'
  | 'sensitive_delete'
  | 'sequence_fail'
  | 'session_created'
  | 'session_renewed'
  | 'session_expired'
  | 'session_use_after_expire'
  | 'sys_startup'
  | 'sys_shutdown'
  | 'sys_restart'
  | 'sys_crash'
  | 'sys_monitor_disabled'
  | 'sys_monitor_enabled'
  | 'user_created'
  | 'user_updated'
  | 'user_archived'
  | 'user_deleted';

export interface TrailBody extends CommonFields {
  readonly event: {
    readonly kind: 'event';
    readonly category: readonly string[];
    readonly type: readonly string[];
    readonly action: TrailAction;
    readonly outcome: 'success' | 'failure' | 'unknown';
    readonly reason?: string;
  };
  /** How many events this record stands for: 1, or more where a flood was folded. */
  readonly count: number;
  /** What was acted on. */
  readonly target?: string;
  /** MITRE ATT&CK: what the event may be a sign of. */
  readonly threat?: {
    readonly tactic: { readonly id: string };
    readonly technique: { readonly id: string };
  };
  /** Link to the trail record before it of the same instance (sdk/docs/trail-chain.md). */
  readonly chain?: TrailLink;
}

export interface TrailLink {
  /** Position in the instance's trail, from 0 by steps of 1. */
  readonly n: number;
  /** Hash of the record before, 64 lower-case hex digits; all zero for the first. */
  readonly prev: string;
  /** Id of the key that the hash is made with; absent where it is made with none. */
  readonly key?: string;
  /** Of this record without this member, 64 lower-case hex digits. */
  readonly hash: string;
}

export type RecordBody =
  | { readonly kind: 'log'; readonly body: LogBody }
  | { readonly kind: 'request'; readonly body: RequestBody }
  | { readonly kind: 'rollup'; readonly body: RollupBody }
  | { readonly kind: 'trail'; readonly body: TrailBody };
