/** Errors of this package; callers tell them apart by `code`. */

/** The stored snapshot is no longer the one that this writer started from. */
export class SnapshotConflictError extends Error {
  override readonly name = 'SnapshotConflictError';
  readonly code = 'SNAPSHOT_CONFLICT';
  readonly shard: string;

  constructor(shard: string, expected: string | undefined, got: string | undefined) {
    const [wanted, stored] = [expected, got].map((version) => version ?? 'none');
    super(`snapshot of shard ${shard}: expected version ${wanted}, but version ${stored} is stored`);
    this.shard = shard;
  }
}

/** A snapshot that this version cannot restore. */
export class SnapshotUnreadableError extends Error {
  override readonly name = 'SnapshotUnreadableError';
  readonly code = 'SNAPSHOT_UNREADABLE';
}

/** A record or signal that is not of the signal contract. */
export class SignalUnreadableError extends Error {
  override readonly name = 'SignalUnreadableError';
  readonly code = 'SIGNAL_UNREADABLE';
}

/** A rule file that breaks the rule format. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
  readonly code = 'RULE_INVALID';
  readonly file: string;
  /** Dotted path in the file, or empty for the whole. */
  readonly field: string;

  constructor(file: string, field: string, expected: string, got: string) {
    super(`rule ${file}: ${field === '' ? 'document' : field}: expected ${expected}, got ${got}`);
    this.file = file;
    this.field = field;
  }
}

/** Data that CloudWatch refused or did not answer for; all else has been published. */
export class MetricsRejectedError extends Error {
  override readonly name = 'MetricsRejectedError';
  readonly code = 'METRICS_REJECTED';
  readonly count: number;

  constructor(count: number, cause: unknown) {
    super(
      `${count} metric data not published: ${cause instanceof Error ? cause.message : 'unknown reason'}`,
      { cause },
    );
    this.count = count;
  }
}
