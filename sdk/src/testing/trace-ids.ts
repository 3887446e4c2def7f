/** Trace ids whose sampling decision is known. */

/** Kept at every rate but 0. */
export const KEPT_TRACE_ID: string = `a${'0'.repeat(31)}`;
/** Kept at no rate but 1. */
export const UNKEPT_TRACE_ID: string = 'f'.repeat(32);
