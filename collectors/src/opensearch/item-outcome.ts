/** Decides from the answer to one document whether it is there, will never be, or may be sent again. */
import type { BulkOutcome } from '../ports.ts';
import { errorType, type ItemError, rejectionReason } from './rejection-reason.ts';

export interface ItemAnswer {
  readonly status: number;
  readonly error?: ItemError;
}

export const CREATED: BulkOutcome = { status: 'created' };
const EXISTS: BulkOutcome = { status: 'exists' };

/** Refusals with status 400 that are about the cluster or its set-up and pass when that is put right. */
const NOT_OF_THE_DOCUMENT: ReadonlySet<string | undefined> = new Set([
  'index_closed_exception',
  // The cluster has as many shards as it may have, so that no new index can be made.
  'validation_exception',
  // Another call made the index at the same time.
  'resource_already_exists_exception',
  'cluster_block_exception',
  'index_not_found_exception',
]);

/** Refusals of the set-up that share their type with those of documents. */
const SET_UP = /^no write index is defined for alias|^pipeline with id|^alias \[/i;

/** `undefined` for an answer that a `create` never gets. */
export function itemOutcome({ status, error }: ItemAnswer): BulkOutcome | undefined {
  if (status === 201) return CREATED;
  if (status < 400 || status > 599) return undefined;
  const type = errorType(error);
  if (status === 409 && type === 'version_conflict_engine_exception') return EXISTS;
  if (mayPass(status, type, error?.reason))
    return { status: 'retry', reason: `${status} ${type ?? 'unnamed'}` };
  return { status: 'rejected', reason: rejectionReason(error) };
}

/** 401 and 403 are about the caller or a blocked index, 404 is an index that is missing; no document can help it. */
function mayPass(status: number, type: string | undefined, reason: unknown): boolean {
  if (status >= 500 || [401, 403, 404, 408, 409, 429].includes(status)) return true;
  return NOT_OF_THE_DOCUMENT.has(type) || (typeof reason === 'string' && SET_UP.test(reason));
}
