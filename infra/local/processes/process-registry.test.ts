import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ProcessRegistry } from './process-registry.ts';

const registryModule = new URL('./process-registry.ts', import.meta.url).href;

/** A zombie that nobody has waited for is dead all the same. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
}

async function gone(pid: number): Promise<boolean> {
  for (let n = 0; n < 100 && exists(pid); n += 1) await sleep(50);
  return !exists(pid);
}

test('close ends every process, frozen ones too', async () => {
  const processes = new ProcessRegistry();
  const child = processes.spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    name: 'sleeper',
    env: {},
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  child.kill('SIGSTOP');
  await processes.close();
  expect(processes.running()).toEqual([]);
  expect(exists(child.pid ?? 0)).toBe(false);
});

test('a stack that is killed leaves nothing behind', async () => {
  const script = `
    import { ProcessRegistry } from ${JSON.stringify(registryModule)};
    const child = new ProcessRegistry().spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'],
      { name: 'sleeper', env: {}, stdio: ['ignore', 'ignore', 'ignore'] });
    child.kill('SIGSTOP');
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const stack = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((resolve) =>
    stack.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))),
  );
  expect(exists(pid)).toBe(true);
  await sleep(200);
  stack.kill('SIGKILL');
  expect(await gone(pid)).toBe(true);
});
