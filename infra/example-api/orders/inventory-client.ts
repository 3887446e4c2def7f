/** Asks function `inventory`, through the gateway like any client, to hold articles for an order. */
import type { Principal } from '../http/principal.ts';
import { SERVICE_TOKEN_SECONDS } from '../shop/service-token.ts';

export type ReserveOutcome = 'reserved' | 'out-of-stock' | 'unknown-sku';

export interface InventoryPort {
  /** Asking again for one order takes nothing twice. Throws `InventoryUnavailableError`: whether it holds is unknown. */
  reserve(order: {
    readonly id: string;
    readonly tenant: string;
    readonly sku: string;
    readonly quantity: number;
  }): Promise<ReserveOutcome>;
}

export interface InventoryClientOptions {
  /** Base URL of the API, without a slash at its end. */
  readonly url: string;
  /** Carries the correlation id of the call that is being answered. */
  readonly fetch: typeof fetch;
  readonly token: (principal: Principal, seconds: number) => Promise<string>;
}

/** Name that this function calls under, and is counted and capped under like any caller. */
export const SERVICE_USER = 'service:orders';
/** Milliseconds for one attempt; both fit into the gateway's 29 s many times. */
const ATTEMPT_TIMEOUT_MS = 3_000;
const ATTEMPTS = 2;

export class InventoryUnavailableError extends Error {
  readonly code = 'INVENTORY_UNAVAILABLE';

  constructor(got: string, options?: ErrorOptions) {
    super(`inventory: expected a reservation to be answered, got ${got}`, options);
    this.name = 'InventoryUnavailableError';
  }
}

export function createInventoryClient(options: InventoryClientOptions): InventoryPort {
  return {
    async reserve({ id, tenant, sku, quantity }) {
      const token = await options.token(
        { user: SERVICE_USER, tenant, roles: ['service'] },
        SERVICE_TOKEN_SECONDS,
      );
      const url = `${options.url}/inventory/${encodeURIComponent(sku)}/reservations`;
      const body = JSON.stringify({ orderId: id, quantity });
      for (let attempt = 1; ; attempt += 1) {
        const status = await post(options.fetch, url, token, body).catch((error: unknown) => {
          if (attempt === ATTEMPTS) throw new InventoryUnavailableError('no answer', { cause: error });
          return undefined;
        });
        if (status === undefined || (status >= 500 && attempt < ATTEMPTS)) continue;
        return readStatus(status);
      }
    },
  };
}

async function post(send: typeof fetch, url: string, token: string, body: string): Promise<number> {
  const response = await send(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(ATTEMPT_TIMEOUT_MS),
  });
  // An unread body would keep the connection from being used again.
  await response.arrayBuffer();
  return response.status;
}

function readStatus(status: number): ReserveOutcome {
  switch (status) {
    case 200:
    case 201:
      return 'reserved';
    case 404:
      return 'unknown-sku';
    case 409:
      return 'out-of-stock';
    default:
      throw new InventoryUnavailableError(`status ${status}`);
  }
}
