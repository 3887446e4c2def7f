/** What a line of the Lambda platform says, whatever form it has. */

export type PlatformLine =
  /** The end of one invocation, which every invocation has once. */
  | { readonly is: 'report'; readonly report: PlatformReport }
  /** The platform's own words about something that went wrong, beside the report that counts it. */
  | { readonly is: 'notice'; readonly notice: PlatformNotice }
  /** The platform lost what an instance wrote. */
  | { readonly is: 'logs-dropped'; readonly dropped: DroppedLogs }
  /** A start, an end, a phase: only counted. */
  | { readonly is: 'other' };

export interface PlatformReport {
  readonly requestId: string;
  /** Undefined where an older report does not say, and for an invocation that went well. */
  readonly failure?: PlatformFailure | undefined;
  readonly failed: boolean;
  readonly coldStart: boolean;
  /** Milliseconds. */
  readonly durationMs?: number | undefined;
  readonly billedMs?: number | undefined;
  readonly initMs?: number | undefined;
  /** MB. */
  readonly memoryMb?: number | undefined;
  readonly maxMemoryMb?: number | undefined;
  /** 32 lower-case hex digits. */
  readonly traceId?: string | undefined;
  /** Epoch milliseconds; undefined in text, where the log event has the only time. */
  readonly time?: number | undefined;
}

/** How an instance ended without a word of its own. */
export interface PlatformFailure {
  readonly type: 'Lambda.Timeout' | 'Lambda.OutOfMemory' | 'Lambda.Crash';
  /** `Runtime.ExitError`, where the platform names one. */
  readonly platformType?: string | undefined;
}

export interface PlatformNotice {
  readonly message: string;
  readonly requestId?: string | undefined;
  readonly time?: number | undefined;
}

export interface DroppedLogs {
  readonly records?: number | undefined;
  readonly bytes?: number | undefined;
  readonly reason?: string | undefined;
  readonly time?: number | undefined;
}
