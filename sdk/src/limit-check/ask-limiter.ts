/** Asks the limiter about one request; whatever goes wrong there, the request is served. */
import { field } from '../event/field.ts';
import type { LimitDecision, Limiter, LimitQuery } from '../limits/limiter.ts';

/** A limiter of someone's own gave something that is no decision. */
export class LimiterAnswerError extends Error {
  override readonly name = 'LimiterAnswerError';
  readonly code = 'TRAILGATE_LIMITER_ANSWER';

  constructor() {
    super('decide: expected { allowed: true } or { allowed: false, hit }, got something else');
  }
}

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
  const read = (decided: LimitDecision): LimitDecision | undefined =>
    isDecision(decided) ? decided : failed(new LimiterAnswerError());
  try {
    const decision = limiter.decide(query());
    return typeof field(decision, 'then') === 'function'
      ? Promise.resolve(decision).then(read).catch(failed)
      : read(decision as LimitDecision);
  } catch (error) {
    return failed(error);
  }
}

/** A limiter of someone's own may give anything. */
function isDecision(decided: unknown): boolean {
  const allowed = field(decided, 'allowed');
  return allowed === true || (allowed === false && typeof field(field(decided, 'hit'), 'rule') === 'string');
}
