/** Runs a handler inside an invocation: asks the limiter before, writes after, and changes nothing between. */
import { markAttached } from '../attach/attached.ts';
import { type RunningInvocation, UNWATCHED } from './running-invocation.ts';

export type Handler<E, R, C> = (event: E, context: C) => R | Promise<R>;

/** Never declares a third parameter: Lambda's runtime refuses to start a handler that looks callback-style. */
export function wrapHandler<E, R, C>(
  handler: Handler<E, R, C>,
  begin: (event: unknown, context: unknown) => RunningInvocation,
  ready: () => Promise<void> | undefined,
): (event: E, context: C) => Promise<R> {
  const wrapped = async (event: E, context: C): Promise<R> => {
    const waiting = ready();
    if (waiting !== undefined) await waiting;
    const invocation = begin(event, context);
    const admitted = invocation === UNWATCHED ? undefined : invocation.admit();
    const refusal = admitted instanceof Promise ? await admitted : admitted;
    // The platform gets the answer, whatever type the handler's own results have.
    if (refusal !== undefined) {
      if (invocation.settled !== undefined) await invocation.settled;
      return refusal as R;
    }
    let result: R;
    try {
      result = await invocation.run(() => handler(event, context));
    } catch (error) {
      invocation.fail(error);
      if (invocation.settled !== undefined) await invocation.settled;
      throw error;
    }
    const answer = invocation.end(result);
    if (invocation.settled !== undefined) await invocation.settled;
    return answer;
  };
  return markAttached(wrapped);
}
