import { setTimeout as sleep } from 'node:timers/promises';
import { createDynamoClient } from '@trailgate/sdk/limits';
import { limitsTable } from '@trailgate/sdk/limits/table';
import { afterAll, describe, expect, test } from 'vitest';
import { startDynamodb } from '../engines/dynamodb.ts';
import { ProcessRegistry } from '../processes/process-registry.ts';
import type { InstanceFacts } from './function-fleet.ts';
import { LOCAL_CREDENTIALS, REGION } from './names.ts';
import { type StackFaultPorts, StackFaults } from './stack-faults.ts';

const processes = new ProcessRegistry();
afterAll(() => processes.close());

function faultsOf(over: Partial<StackFaultPorts>): StackFaults {
  return new StackFaults({
    instances: () => [],
    refuseTables: async () => undefined,
    tables: { limits: 'limits', buckets: 'buckets' },
    clock: () => 1_000,
    sleep: (ms) => sleep(ms),
    trouble: (line) => {
      throw new Error(line);
    },
    ...over,
  });
}

function instance(functionName: string, state: string): InstanceFacts & { readonly ended: Promise<unknown> } {
  const child = processes.spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    name: functionName,
    env: {},
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  return { functionName, pid: child.pid ?? 0, state, ended };
}

describe('faults', () => {
  test('kill the instance that is in the middle of something', async () => {
    const [idle, other] = [instance('trailgate-collector', 'frozen'), instance('orders', 'running')];
    const busy = instance('trailgate-collector', 'running');
    const faults = faultsOf({ instances: () => [idle, other, busy] });
    const what = `killed trailgate-collector, process ${busy.pid}, in the middle of a batch`;
    expect(await faults.apply('kill-collector')).toBe(what);
    expect(await busy.ended).toBe('SIGKILL');
    expect(faults.state().happened).toEqual([{ at: 1_000, what }]);
    expect(await faults.apply('kill-instance')).toContain('in the middle of a request');
    expect(processes.running()).toContain(idle.pid);
  });

  test('wait a moment for an instance to have something to do, and kill it idle when it has not', async () => {
    const victim = instance('trailgate-detector', 'frozen');
    const waited: number[] = [];
    const faults = faultsOf({ instances: () => [victim], sleep: async (ms) => waited.push(ms) });
    expect(await faults.apply('kill-detector')).toContain('between two batches');
    expect(waited.length).toBeGreaterThan(100);
    expect(await victim.ended).toBe('SIGKILL');
  });

  test('say when there is nothing to kill', async () => {
    await expect(faultsOf({ sleep: async () => undefined }).apply('kill-instance')).rejects.toMatchObject({
      code: 'NOTHING_TO_KILL',
      message: 'no instance of orders is running at present',
    });
  });

  test('take the limits table down and bring it up again, with all that it held', async () => {
    const engine = await startDynamodb(processes.spawn);
    const dynamo = createDynamoClient({
      region: REGION,
      endpoint: engine.url,
      credentials: LOCAL_CREDENTIALS,
    });
    await dynamo.send('CreateTable', { ...limitsTable('limits') });
    const item = { pk: { S: 'C#acme#a' }, sk: { S: 'CAP' } };
    await dynamo.send('PutItem', { TableName: 'limits', Item: item });
    const read = () => dynamo.send('GetItem', { TableName: 'limits', Key: item });
    const faults = faultsOf({ refuseTables: (tables) => engine.refuse(tables), downMs: 60_000 });
    await expect(faults.apply('table-up')).rejects.toMatchObject({ code: 'TABLE_IS_UP' });
    expect(await faults.apply('table-down')).toBe('took the limits table down for 60 s');
    expect(faults.state()).toMatchObject({ tableDown: true, tableUpAt: 61_000 });
    await expect(read()).rejects.toMatchObject({ code: 'InternalServerError' });
    await expect(faults.apply('table-down')).rejects.toMatchObject({ code: 'TABLE_IS_DOWN' });
    expect(await faults.apply('table-up')).toBe('brought the limits table up again');
    expect(faults.state()).toMatchObject({ tableDown: false, tableUpAt: null });
    expect((await read()).Item).toEqual(item);

    const brief = faultsOf({ refuseTables: (tables) => engine.refuse(tables), downMs: 20 });
    await brief.apply('table-down');
    await expect.poll(() => brief.state().tableDown).toBe(false);
    expect(brief.state().happened.map(({ what }) => what)).toEqual([
      'the limits table has come up again',
      'took the limits table down for 0.02 s',
    ]);
    expect((await read()).Item).toEqual(item);
    dynamo.close();
  });

  test('that have gone wrong themselves leave the table up, and only the last twenty are remembered', async () => {
    const faults = faultsOf({ refuseTables: () => Promise.reject(new Error('no engine')) });
    await expect(faults.apply('table-down')).rejects.toThrow('no engine');
    expect(faults.state()).toEqual({ tableDown: false, tableUpAt: null, happened: [] });
    for (let n = 0; n < 30; n += 1) faults.note(`${n}`);
    expect(
      faults
        .state()
        .happened.map(({ what }) => what)
        .slice(0, 2),
    ).toEqual(['29', '28']);
    expect(faults.state().happened).toHaveLength(20);
  });
});
