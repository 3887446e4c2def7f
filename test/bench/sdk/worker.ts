/** One process of the benchmark: one library, one task, timed in blocks, the fastest block told on standard error. */
import { createTrailgate } from '@trailgate/sdk';
import {
  bufferedSubject,
  EVENT,
  infoSubject,
  LAMBDA,
  type Name,
  numberedLines,
  type Subject,
  suppressedSubject,
} from './subjects.ts';

export type Task = 'info' | 'suppressed' | 'buffered' | 'wrapper' | 'loss';

const LINES_A_BATCH: Readonly<Record<Task, number>> = {
  info: 100,
  // An empty call is so cheap that the invocation around it must not show.
  suppressed: 10_000,
  buffered: 100,
  wrapper: 1,
  loss: 1000,
};
const BLOCKS = 7;
const WARM_UP_BLOCKS = 2;
const LINES_A_BLOCK: Readonly<Record<Task, number>> = {
  info: 10_000,
  suppressed: 400_000,
  buffered: 40_000,
  wrapper: 20_000,
  loss: 1000,
};

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function timed(task: Task, batch: Subject['batch']): Promise<void> {
  const times: number[] = [];
  const cpu = process.cpuUsage();
  for (let block = 0; block < WARM_UP_BLOCKS + BLOCKS; block++) {
    const began = process.hrtime.bigint();
    for (let done = 0; done < LINES_A_BLOCK[task]; done += LINES_A_BATCH[task]) {
      await batch(LINES_A_BATCH[task]);
      await tick();
    }
    if (block >= WARM_UP_BLOCKS) times.push(Number(process.hrtime.bigint() - began) / LINES_A_BLOCK[task]);
  }
  const { user, system } = process.cpuUsage(cpu);
  process.stderr.write(`${JSON.stringify({ bestNs: Math.min(...times), cpuUs: user + system })}\n`);
}

/** Empty invocations of a REST event with twenty headers, of which the usual hundredth is kept; less a bare call. */
async function wrapperCost(): Promise<void> {
  const bare = async (_event: unknown, _context: unknown): Promise<{ statusCode: number }> => ({
    statusCode: 200,
  });
  const wrapped = createTrailgate({ service: 'orders' }).wrap(bare);
  const repeat = async (
    handler: (event: object, context: typeof LAMBDA) => Promise<unknown>,
    times: number,
  ) => {
    for (let i = 0; i < times; i++) await handler(EVENT, LAMBDA);
  };
  const best = { bare: Number.POSITIVE_INFINITY, wrapped: Number.POSITIVE_INFINITY };
  for (let block = 0; block < WARM_UP_BLOCKS + BLOCKS; block++) {
    for (const [name, handler] of [
      ['bare', bare],
      ['wrapped', wrapped],
    ] as const) {
      const began = process.hrtime.bigint();
      await repeat(handler, LINES_A_BLOCK.wrapper);
      const ns = Number(process.hrtime.bigint() - began) / LINES_A_BLOCK.wrapper;
      if (block >= WARM_UP_BLOCKS) best[name] = Math.min(best[name], ns);
      await tick();
    }
  }
  process.stderr.write(`${JSON.stringify({ bestNs: best.wrapped - best.bare, cpuUs: 0 })}\n`);
}

/** Writes its lines as one invocation and tells the parent, which kills it a tick later. */
async function lines(name: Name): Promise<void> {
  await numberedLines(name)(LINES_A_BLOCK.loss);
  process.stderr.write('done\n');
  setInterval(() => {}, 1000);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1);
}

const [task, name] = process.argv.slice(2) as [Task, Name];
switch (task) {
  case 'info':
    await timed(task, infoSubject(name).batch);
    break;
  case 'suppressed':
    await timed(task, suppressedSubject(name).batch);
    break;
  case 'buffered':
    await timed(task, bufferedSubject(name === 'powertools' ? name : 'trailgate').batch);
    break;
  case 'wrapper':
    await wrapperCost();
    break;
  case 'loss':
    await lines(name);
    break;
}
