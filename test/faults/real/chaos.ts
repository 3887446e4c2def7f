/** Does to a running stack what a bad day does: kills the collector at any moment and spoils its ways to the index. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FunctionPool } from '../../../infra/local/lambda/function-pool.ts';
import type { Seeded } from '../schedule/seeded.ts';
import { PROXY_MODES, type TcpProxy } from './tcp-proxy.ts';

export interface Chaos {
  /** Processes killed while they worked. */
  readonly kills: number;
}

/** Until `endAt`, epoch milliseconds; afterwards every way is clear. */
export async function wreak(
  pool: FunctionPool,
  proxies: readonly TcpProxy[],
  chance: Seeded,
  endAt: number,
): Promise<Chaos> {
  const killing = killNowAndThen(pool, chance.fork('kills'), endAt);
  await Promise.all(proxies.map((proxy, n) => spoil(proxy, chance.fork(`proxy ${n}`), endAt)));
  return { kills: await killing };
}

async function spoil(proxy: TcpProxy, chance: Seeded, endAt: number): Promise<void> {
  while (Date.now() < endAt) {
    // Half of the time is good, or nothing would ever be half done.
    proxy.use(chance.chance(0.5) ? 'pass' : chance.pick(PROXY_MODES), chance.chance(0.3));
    await sleep(chance.between(50, 700));
  }
  proxy.use('pass', true);
}

async function killNowAndThen(pool: FunctionPool, chance: Seeded, endAt: number): Promise<number> {
  let kills = 0;
  while (Date.now() < endAt) {
    await sleep(chance.between(300, 2_500));
    const running = pool.instances().filter(({ state }) => state === 'running');
    if (running.length === 0) continue;
    // Some way into its work.
    await sleep(chance.between(0, 60));
    kills++;
    await chance.pick(running).kill();
  }
  return kills;
}
