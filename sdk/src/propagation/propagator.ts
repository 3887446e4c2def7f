/** What propagation needs of a Trailgate: the ids of the invocation that runs now, as headers and as one attribute. */
import { TrailgateConfigError } from '../errors.ts';

export interface Propagator {
  /** Headers for a call made now; none outside an invocation. */
  outgoingHeaders(): Record<string, string>;
  /** JSON of the attribute `_trailgate` for a message sent now; undefined outside an invocation. */
  carrier(): string | undefined;
}

/** @throws TrailgateConfigError when `trailgate` lacks the method that is needed. */
export function requirePropagator(trailgate: Propagator, method: keyof Propagator): void {
  if (typeof trailgate?.[method] !== 'function') {
    throw new TrailgateConfigError('trailgate', `an object with a method ${method}`, trailgate);
  }
}
