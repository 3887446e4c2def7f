/** Says whether the services of one request agreed to keep it. */
import type { LedgerEntry } from './clients/ledger.ts';
import type { DocumentView } from './evidence.ts';
import type { ScenarioOutcome } from './outcome.ts';

/** Services that placing an order goes through. */
const CROSSED = ['authorizer', 'orders', 'inventory'];

/** A success kept by the dice in one service must be kept in the other service that the request crossed. */
export function samplingAgreement(
  requests: readonly DocumentView[],
  entries: readonly LedgerEntry[],
): ScenarioOutcome['sampling'] {
  const kept = requests.filter(
    ({ kept, event }) => (kept === 'sampled' || kept === 'upstream') && event?.outcome === 'success',
  );
  const byId = new Map<string, Set<string>>();
  for (const { correlation_id: id, service } of kept) {
    if (id !== undefined) byId.set(id, (byId.get(id) ?? new Set()).add(service?.name ?? ''));
  }
  // Placing an order is the request that crosses: it reserves stock in the inventory.
  const crossing = kept.filter(
    ({ route, service }) =>
      (service?.name === 'orders' && route === 'POST /orders') ||
      (service?.name === 'inventory' && route === 'POST /inventory/{sku}/reservations'),
  );
  const answered = new Set(
    entries.filter(({ status }) => status >= 200 && status < 300).map(({ correlationId }) => correlationId),
  );
  // An instance that was lost in the middle has kept nothing, and its client has seen no success.
  const alone = crossing.filter(({ correlation_id: id }) => {
    if (!answered.has(id)) return false;
    const services = byId.get(id ?? '');
    return !CROSSED.every((name) => services?.has(name) === true);
  });
  return { kept_successes: kept.length, kept_in_one_function_only: alone.length };
}
