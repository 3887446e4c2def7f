/** Quarantine and on-failure objects: written by the collector and by Lambda, read by a replay. */
export { S3QuarantineError } from './bucket.ts';
export { type FailedBatch, FailureObjectError, readFailureObject } from './failure-object.ts';
export { entryOf, QuarantineObjectError } from './quarantine-object.ts';
export {
  type KeptBatch,
  type KeptEntry,
  type KeptFilter,
  type KeptItem,
  type KeptPage,
  keptAt,
  keptBytes,
  keptReason,
  matches,
  type QuarantineStore,
  type UnreadableObject,
  type Verdict,
} from './quarantine-store.ts';
export { createS3Quarantine, type S3QuarantineOptions } from './s3-quarantine.ts';
export { createS3QuarantineStore } from './s3-quarantine-store.ts';
