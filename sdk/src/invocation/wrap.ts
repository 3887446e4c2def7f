/** Runs a handler inside an invocation: asks the limiter before, counts and writes after, and changes nothing between. */
import type { Config } from '../config.ts';
import { NO_TENANT, principalOf } from '../event/identity.ts';
import type { Instance } from '../instance.ts';
import { askLimiter } from '../limit-check/ask-limiter.ts';
import { refusalResponse } from '../limit-check/refusal.ts';
import type { LimitDecision, LimitHit } from '../limits/limiter.ts';
import type { Invocation } from './invocation.ts';
import type { LambdaContext } from './lambda-context.ts';
import { type Outcome, returnedOutcome, thrownOutcome } from './outcome.ts';
import { withCorrelationHeader } from './response-header.ts';

export type Handler<E, R, C> = (event: E, context: C) => Promise<R>;

/** `onLimiterFailure` is told when a request was served because the limiter could not decide. */
export function wrapHandler<E, R, C extends LambdaContext>(
  handler: Handler<E, R, C>,
  config: Config,
  instance: Instance,
  onLimiterFailure: (error: unknown) => void,
): Handler<E, R, C> {
  instance.start();
  return async (event, context) => {
    const invocation = begin(instance, event, context);
    if (invocation === undefined) return handler(event, context);
    return instance.scope.run(invocation, async () => {
      const asked = askAbout(invocation, config, onLimiterFailure);
      const decision = asked instanceof Promise ? await asked : asked;
      const hit = settle(decision, instance);
      // The platform gets the answer, whatever type the handler's own results have.
      if (hit !== undefined) return refuse(invocation, hit, instance) as R;
      return serve(invocation, instance, () => handler(event, context));
    });
  };
}

function begin(instance: Instance, event: unknown, context: unknown): Invocation | undefined {
  try {
    return instance.begin(event, context);
  } catch {
    // Without an invocation there is nothing to log about; the handler runs all the same.
    return undefined;
  }
}

function askAbout(
  invocation: Invocation,
  config: Config,
  onFailure: (error: unknown) => void,
): LimitDecision | undefined | Promise<LimitDecision | undefined> {
  const { request, identity } = invocation;
  const { limiter, routeClass, ports } = config;
  if (limiter === undefined || (request.kind !== 'rest' && request.kind !== 'http')) return undefined;
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

/** The hit that binds. One that only a shadow cap would have made is counted and changes nothing. */
function settle(decision: LimitDecision | undefined, instance: Instance): LimitHit | undefined {
  if (decision === undefined) return undefined;
  if (!decision.allowed) return decision.hit;
  if (decision.shadow !== undefined) instance.counts.count('LimiterShadowHits', 1, 'Count');
  return undefined;
}

function refuse(invocation: Invocation, hit: LimitHit, instance: Instance): object {
  end(invocation, instance, { status: 429, failed: false }, hit);
  return refusalResponse(hit, invocation.correlation.correlationId);
}

async function serve<R>(invocation: Invocation, instance: Instance, run: () => Promise<R>): Promise<R> {
  const { request, correlation } = invocation;
  let result: R;
  try {
    result = await run();
  } catch (error) {
    end(invocation, instance, thrownOutcome(request, error));
    throw error;
  }
  end(invocation, instance, returnedOutcome(request, result));
  if (request.kind !== 'rest' && request.kind !== 'http') return result;
  return withCorrelationHeader(result, correlation.correlationId);
}

function end(invocation: Invocation, instance: Instance, outcome: Outcome, hit?: LimitHit): void {
  try {
    instance.end(invocation, outcome, hit);
  } catch {
    // What could not be written shows downstream as a gap; the caller of the API still gets the answer.
  }
}
