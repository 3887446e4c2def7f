/** Which documents of the business index are what: shared by dashboards, saved searches and tables. */
import type { BusinessField } from '@trailgate/collectors/schema';
import type { KeepReason, RecordKind } from '@trailgate/sdk/wire';
import type { Condition } from './condition.ts';

type BusinessConditions = readonly Condition<BusinessField>[];

/** Typed by the record contract, so that a misspelt kind is not a picture that is always empty. */
function kinds(...is: readonly RecordKind[]): Condition<BusinessField> {
  return { field: 'trailgate.kind', is };
}

function kept(...is: readonly KeepReason[]): Condition<BusinessField> {
  return { field: 'kept', is };
}

/** Invocations that were kept: each stands for as many as its weight says, so that their sum estimates all. */
export const REQUESTS: BusinessConditions = [kinds('request')];
/** All that failed, since none of them is sampled away. */
export const FAILED_REQUESTS: BusinessConditions = [...REQUESTS, { field: 'event.outcome', is: ['failure'] }];
/** All that were slow or about to time out, since none of them is sampled away. */
export const SLOW_REQUESTS: BusinessConditions = [...REQUESTS, kept('slow', 'timeout')];
export const COLD_STARTS: BusinessConditions = [...REQUESTS, { field: 'faas.coldstart', is: ['true'] }];
/** Requests that failed, errors that functions logged, and invocations that the platform ended. */
export const ERRORS: BusinessConditions = [{ field: 'level', is: ['ERROR', 'FATAL'] }];
/** What Lambda itself says: timeouts, memory that ran out, crashes, log records that it dropped. */
export const PLATFORM_FAILURES: BusinessConditions = [{ field: 'error.type', is: ['Lambda.*'] }];
/** What people wrote into the log, without the counts that the SDK writes for metrics. */
export const LINES: BusinessConditions = [{ ...kinds('rollup', 'request'), not: true }];
/** Records whose own time lies too far from when they were logged. */
export const LATE_RECORDS: BusinessConditions = [{ field: '_index', is: ['business-late-*'] }];
