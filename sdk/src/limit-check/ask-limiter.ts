/** Asks the limiter about one request; whatever goes wrong there, the request is served. */
import type { LimitDecision, Limiter, LimitQuery } from '../limits/limiter.ts';

/** Undefined when the limiter failed; `onFailure` was told. Answers without a promise where the limiter does. */
export function askLimiter(
  limiter: Limiter,
  query: () => LimitQuery,
  onFailure: (error: unknown) => void,
): LimitDecision | undefined | Promise<LimitDecision | undefined> {
  const failed = (error: unknown): undefined => {
    onFailure(error);
    return undefined;
  };
  try {
    const decision = limiter.decide(query());
    return isPromise(decision) ? Promise.resolve(decision).then((decided) => decided, failed) : decision;
  } catch (error) {
    return failed(error);
  }
}

function isPromise(decision: LimitDecision | Promise<LimitDecision>): decision is Promise<LimitDecision> {
  return 'then' in decision && typeof decision.then === 'function';
}
