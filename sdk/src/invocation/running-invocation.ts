/** One invocation in the hands of whatever attaches the SDK to a handler: a wrapper, a middleware, a person. */
import type { Config } from '../config.ts';
import { NO_TENANT, principalOf } from '../event/identity.ts';
import type { Instance } from '../instance.ts';
import { askLimiter } from '../limit-check/ask-limiter.ts';
import { type RefusalResponse, refusalResponse } from '../limit-check/refusal.ts';
import type { LimitDecision, LimitHit } from '../limits/limiter.ts';
import type { Invocation } from './invocation.ts';
import { isClientRequest, type Outcome, returnedOutcome, thrownOutcome } from './outcome.ts';
import { withCorrelationHeader } from './response-header.ts';

/** Nothing here throws or rejects, other than what `run`'s own work does. */
export interface RunningInvocation {
  /** Runs work with this invocation as the current one, and gives what it gives. */
  run<T>(work: () => T): T;
  /** Makes this invocation the current one of the caller's own function, for what calls the handler from there. */
  enter(): void;
  /**
   * Asks the limiter. Gives the answer for a client that is over its cap, in which case the invocation has ended,
   * and undefined where the request is to be served.
   */
  admit(): RefusalResponse | undefined | Promise<RefusalResponse | undefined>;
  /**
   * The handler gave `result`: writes all there is to write. `thrown` is the error that the result was made of.
   * Gives the result with the correlation header, where it is an answer to a client.
   */
  end<R>(result: R, thrown?: unknown): R;
  /** The handler threw: writes all, with the detail that waited. */
  fail(error: unknown): void;
  /** What has to settle before the platform may freeze the instance; undefined where there is nothing. */
  readonly settled: Promise<void> | undefined;
}

/** `onLimiterFailure` is told when a request was served because the limiter could not decide. */
export function runInvocation(
  invocation: Invocation,
  { config, instance }: { readonly config: Config; readonly instance: Instance },
  onLimiterFailure: (error: unknown) => void,
): RunningInvocation {
  const { request } = invocation;
  let settled: Promise<void> | undefined;

  function end(outcome: Outcome, hit?: LimitHit): void {
    if (invocation.life.ended) return;
    try {
      settled = instance.end(invocation, outcome, hit);
    } catch {
      // What could not be written shows downstream as a gap; the caller of the API still gets the answer.
    }
  }

  function refuse(hit: LimitHit): RefusalResponse {
    end({ status: 429, failed: false }, hit);
    return refusalResponse(hit, invocation.correlation.correlationId);
  }

  function settle(decision: LimitDecision | undefined): RefusalResponse | undefined {
    if (decision === undefined) return undefined;
    if (!decision.allowed) return refuse(decision.hit);
    // A shadow cap's hit is counted and changes nothing.
    if (decision.shadow !== undefined) instance.counts.count('LimiterShadowHits', 1, 'Count');
    return undefined;
  }

  return {
    run: (work) => instance.run(invocation, work),
    enter: () => instance.enter(invocation),
    admit() {
      const asked = decide(invocation, config, onLimiterFailure);
      return asked instanceof Promise ? asked.then(settle) : settle(asked);
    },
    end(result, thrown) {
      const outcome = returnedOutcome(request, result);
      end(thrown === undefined ? outcome : { ...outcome, thrown });
      if (!isClientRequest(request)) return result;
      return withCorrelationHeader(result, invocation.correlation.correlationId);
    },
    fail: (error) => end(thrownOutcome(request, error)),
    get settled() {
      return settled;
    },
  };
}

/** Stands in where the SDK is off, or an invocation could not be begun: the handler runs as if alone. */
export const UNWATCHED: RunningInvocation = {
  run: (work) => work(),
  enter() {},
  admit: () => undefined,
  end: (result) => result,
  fail() {},
  settled: undefined,
};

function decide(
  invocation: Invocation,
  { limiter, routeClass, ports }: Config,
  onFailure: (error: unknown) => void,
): LimitDecision | undefined | Promise<LimitDecision | undefined> {
  const { request, identity } = invocation;
  if (limiter === undefined || !isClientRequest(request)) return undefined;
  const clients = [principalOf(identity.user, undefined), principalOf(undefined, request.ip)].filter(
    (client) => client !== undefined,
  );
  if (clients.length === 0) return undefined;
  return askLimiter(
    limiter,
    () => ({
      tenant: identity.tenant ?? NO_TENANT,
      clients,
      cls: routeClass(request.route),
      now: ports.clock(),
    }),
    onFailure,
  );
}
