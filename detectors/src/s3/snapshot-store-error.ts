/** Says in one sentence what S3 did not do for a snapshot, and which right may be missing. */

/** S3 did not do what was asked; nothing is known of the state that is stored. */
export class SnapshotStoreError extends Error {
  override readonly name = 'SnapshotStoreError';
  readonly code = 'SNAPSHOT_STORE';

  constructor(action: string, place: string, cause: unknown) {
    const { name, message } = cause instanceof Error ? cause : { name: 'an error', message: String(cause) };
    super(`snapshot in ${place}: expected to ${action}, got ${name}: ${message}${hint(name)}`, { cause });
  }
}

function hint(name: string): string {
  // A HEAD request has no body that would name the error.
  if (name !== 'AccessDenied' && name !== '403' && name !== 'Forbidden') return '';
  return ' (for an object that does not exist S3 says so unless the role has s3:ListBucket on the bucket)';
}
