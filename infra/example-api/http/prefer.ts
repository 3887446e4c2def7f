/** Reads what a client would rather have (RFC 7240). */
import type { Request } from './request.ts';

/** Whether the client prefers an answer at once over a finished one: `Prefer: respond-async` (§4.1). */
export function asksForLater({ headers }: Request): boolean {
  const preferences = (headers.prefer ?? '').split(',');
  return preferences.some((preference) => /^\s*respond-async\s*(?:[;=]|$)/i.test(preference));
}
