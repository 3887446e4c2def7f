/** Attaches the SDK to a middy handler, whatever way the request takes through the other middleware. */
import type { RunningInvocation } from '../invocation/running-invocation.ts';
import type { Trailgate } from '../trailgate.ts';

/** What is used of middy's request. */
export interface MiddyRequest {
  event: unknown;
  context: unknown;
  response: unknown;
  error: unknown;
  internal: Record<string, unknown>;
}

/** Fits middy's `MiddlewareObj`, for any event and result. */
export interface TrailgateMiddleware {
  readonly name: string;
  before(request: MiddyRequest): unknown;
  after(request: MiddyRequest): Promise<void> | undefined;
  onError(request: MiddyRequest): Promise<void> | undefined;
}

/** Where in `request.internal` the running invocation is kept. */
const INTERNAL = 'trailgate';

/**
 * Put it first: the limiter then refuses before anything else works, and errors are counted as the responses that
 * middleware behind it made of them.
 */
export function trailgateMiddleware(trailgate: Pick<Trailgate, 'begin' | 'ready'>): TrailgateMiddleware {
  return {
    name: 'trailgate',
    // No async function: what it makes current must be so in middy's own function, which calls the handler.
    before(request) {
      const invocation = trailgate.begin(request.event, request.context);
      invocation.enter();
      const admit = (): unknown => {
        const admitted = invocation.admit();
        if (!(admitted instanceof Promise)) return admitted ?? watch(request, invocation);
        return admitted.then((refusal) => refusal ?? watch(request, invocation));
      };
      return trailgate.ready === undefined ? admit() : trailgate.ready.then(admit);
    },
    after(request) {
      const invocation = invocationOf(request);
      if (invocation === undefined) return undefined;
      request.response = invocation.end(request.response);
      return invocation.settled;
    },
    onError(request) {
      const invocation = invocationOf(request);
      if (invocation === undefined) return undefined;
      if (request.response === undefined) invocation.fail(request.error);
      else request.response = invocation.end(request.response, request.error);
      return invocation.settled;
    },
  };
}

/**
 * Middy calls no `after` when a middleware answers early. What it does then, every time, is to set the response
 * while there is an early one, so the response is made a property that notices.
 */
function watch(request: MiddyRequest, invocation: RunningInvocation): undefined {
  request.internal[INTERNAL] = invocation;
  let response = request.response;
  Object.defineProperty(request, 'response', {
    configurable: true,
    enumerable: true,
    get: () => response,
    set(given: unknown) {
      response = 'earlyResponse' in request ? invocation.end(given) : given;
    },
  });
  return undefined;
}

function invocationOf({ internal }: MiddyRequest): RunningInvocation | undefined {
  return internal[INTERNAL] as RunningInvocation | undefined;
}
