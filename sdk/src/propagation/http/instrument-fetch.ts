/** Makes the global `fetch` send the ids of the running invocation, for code that does not call `trailgate.fetch`. */
import { tracedFetch } from '../../correlation/traced-fetch.ts';
import { platformHosts } from '../config.ts';
import { type Propagator, requirePropagator } from '../propagator.ts';
import { isPlatform, isSigned } from './untraced.ts';

/**
 * A header that the caller set is never overwritten; calls to the platform and signed ones are left alone.
 * @param scope what holds `fetch`
 * @returns a function that puts the former `fetch` back
 * @throws TrailgateConfigError when `trailgate` is something else
 */
export function instrumentFetch(
  trailgate: Propagator,
  scope: { fetch: typeof fetch } = globalThis,
): () => void {
  requirePropagator(trailgate, 'outgoingHeaders');
  const former = scope.fetch;
  if (typeof former !== 'function') return () => {};
  const platform = platformHosts();
  let active = true;
  const traced = tracedFetch(
    () => trailgate.outgoingHeaders(),
    (input, init) => former.call(scope, input, init),
    (url, headers) => !active || isSigned(headers.get('authorization')) || isToPlatform(url, platform),
  );
  scope.fetch = traced;
  return () => {
    // Who replaced it since still calls it: then it only passes on.
    active = false;
    if (scope.fetch === traced) scope.fetch = former;
  };
}

function isToPlatform(url: string, platform: readonly string[]): boolean {
  const { hostname, port, protocol } = new URL(url);
  return isPlatform(hostname, port || (protocol === 'https:' ? '443' : '80'), platform);
}
