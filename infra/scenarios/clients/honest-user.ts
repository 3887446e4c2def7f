/** An honest user's session: signs in (now and then with a typo first), looks round, reads, orders, thinks between. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { HttpClient } from './http-client.ts';
import type { ShopUser } from './plan.ts';

/** How often a person mistypes a password. */
const TYPO_SHARE = 0.15;
/** Pauses between two clicks, ms. */
const THINK_MS = [400, 1600] as const;

export async function honestUser(
  client: HttpClient,
  account: ShopUser,
  skus: readonly string[],
  random: Random,
  stopped: AbortSignal,
): Promise<void> {
  const think = (): Promise<void> => pause(random.between(...THINK_MS), stopped);
  await pause(random.between(0, THINK_MS[1]), stopped);
  while (!stopped.aborted && !(await signIn(client, account, random, think))) await think();
  const orders: string[] = [];
  while (!stopped.aborted) {
    await think();
    if (stopped.aborted) return;
    await oneClick(client, skus, orders, random);
  }
}

/** Signs the client in; false when the shop did not let it. */
export async function signIn(
  client: HttpClient,
  account: ShopUser,
  random: Random,
  think: () => Promise<void>,
): Promise<boolean> {
  const { tenant, user, password } = account;
  client.identity.user = user;
  if (random.next() < TYPO_SHARE) {
    await client.send('POST /login', '/login', { tenant, user, password: `${password}x` });
    await think();
  }
  const reply = await client.send('POST /login', '/login', { tenant, user, password });
  if (reply.status !== 200) return false;
  client.identity.token = (JSON.parse(reply.body) as { token: string }).token;
  return true;
}

async function oneClick(
  client: HttpClient,
  skus: readonly string[],
  orders: string[],
  random: Random,
): Promise<void> {
  const choice = random.next();
  const sku = skus[random.integer(0, skus.length - 1)] ?? '';
  const order = orders.at(-1);
  if (choice < 0.3) await client.send('GET /orders', '/orders');
  else if (choice < 0.5) await client.send('GET /inventory/{sku}', `/inventory/${sku}`);
  else if (choice < 0.7 && order !== undefined) await client.send('GET /orders/{id}', `/orders/${order}`);
  else {
    const quantity = random.integer(1, 3);
    const reply = await client.send('POST /orders', '/orders', { sku, quantity });
    if (reply.status === 201) orders.push((JSON.parse(reply.body) as { id: string }).id);
  }
}

/** Sleeps, shorter when stopped. */
export async function pause(ms: number, stopped: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: stopped });
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
  }
}
