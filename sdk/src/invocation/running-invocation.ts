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

/** What invocations of one instance share. */
export interface InvocationHome {
  readonly config: Config;
  readonly instance: Instance;
  /** Told when a request was served because the limiter could not decide. */
  readonly onLimiterFailure: (error: unknown) => void;
}

export class WatchedInvocation implements RunningInvocation {
  settled: Promise<void> | undefined;
  readonly #invocation: Invocation;
  readonly #home: InvocationHome;

  constructor(invocation: Invocation, home: InvocationHome) {
    this.#invocation = invocation;
    this.#home = home;
  }

  run<T>(work: () => T): T {
    return this.#home.instance.run(this.#invocation, work);
  }

  enter(): void {
    this.#home.instance.enter(this.#invocation);
  }

  admit(): RefusalResponse | undefined | Promise<RefusalResponse | undefined> {
    if (this.#home.config.limiter === undefined) return undefined;
    const asked = decide(this.#invocation, this.#home);
    return asked instanceof Promise ? asked.then((decision) => this.#settle(decision)) : this.#settle(asked);
  }

  end<R>(result: R, thrown?: unknown): R {
    const { request, correlation } = this.#invocation;
    const outcome = returnedOutcome(request, result);
    this.#end(thrown === undefined ? outcome : { ...outcome, thrown });
    return isClientRequest(request) ? withCorrelationHeader(result, correlation.correlationId) : result;
  }

  fail(error: unknown): void {
    this.#end(thrownOutcome(this.#invocation.request, error));
  }

  #settle(decision: LimitDecision | undefined): RefusalResponse | undefined {
    if (decision === undefined) return undefined;
    if (!decision.allowed) return this.#refuse(decision.hit);
    // A shadow cap's hit is counted and changes nothing.
    if (decision.shadow !== undefined) this.#home.instance.counts.count('LimiterShadowHits', 1, 'Count');
    return undefined;
  }

  #refuse(hit: LimitHit): RefusalResponse {
    this.#end({ status: 429, failed: false }, hit);
    return refusalResponse(hit, this.#invocation.correlation.correlationId);
  }

  #end(outcome: Outcome, hit?: LimitHit): void {
    if (this.#invocation.life.ended) return;
    try {
      this.settled = this.#home.instance.end(this.#invocation, outcome, hit);
    } catch {
      // What could not be written shows downstream as a gap; the caller of the API still gets the answer.
    }
  }
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
  { request, identity }: Invocation,
  { config, onLimiterFailure }: InvocationHome,
): LimitDecision | undefined | Promise<LimitDecision | undefined> {
  const { limiter, routeClass, ports } = config;
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
    onLimiterFailure,
  );
}
