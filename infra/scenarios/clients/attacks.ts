/** The attacks: open-loop clients that send at their own rate, whatever comes back. */
import type { Random } from '../random.ts';
import { pause, signIn } from './honest-user.ts';
import type { HttpClient } from './http-client.ts';
import type { ShopUser } from './plan.ts';

/** Tries leaked pairs, one or two a user, from one address. */
export async function credentialStuffing(
  client: HttpClient,
  tenant: string,
  random: Random,
  stopped: AbortSignal,
): Promise<void> {
  const perSecond = random.between(8, 20);
  let victim = 0;
  await openLoop(perSecond, random, stopped, () => {
    victim += 1;
    const tries = random.next() < 0.2 ? 2 : 1;
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const user = `leaked-${random.integer(0, 999_999)}-${victim}`;
      client.identity.user = user;
      const password = `pw-${random.integer(0, 1_000_000_000)}`;
      void client.send('POST /login', '/login', { tenant, user, password });
    }
  });
}

/** Signs in once and then calls without pause. */
export async function noisyClient(
  client: HttpClient,
  account: ShopUser,
  random: Random,
  stopped: AbortSignal,
): Promise<void> {
  const perSecond = random.between(30, 45);
  const think = (): Promise<void> => pause(200, stopped);
  while (!stopped.aborted && !(await signIn(client, account, random, think))) await think();
  await openLoop(perSecond, random, stopped, () => void client.send('GET /orders', '/orders'));
}

/** Calls `shoot` as a Poisson process; late wake-ups are made up for. */
async function openLoop(
  perSecond: number,
  random: Random,
  stopped: AbortSignal,
  shoot: () => void,
): Promise<void> {
  let due = Date.now();
  while (!stopped.aborted) {
    due += (-Math.log(1 - random.next()) * 1000) / perSecond;
    await pause(Math.max(0, due - Date.now()), stopped);
    if (!stopped.aborted) shoot();
  }
}
