import { describe, expect, test } from 'vitest';
import { CapCache } from './cap-cache.ts';
import { writeDetectorCap } from './cap-codec.ts';
import { clientPartition } from './cap-item.ts';
import { type DynamoDocument, DynamoError, type DynamoPort } from './dynamo-port.ts';

const T0 = 1_800_000_000_000;

function item(client: string, ver: number, chg: number): DynamoDocument {
  const cap = { rate: ver, burst: 1, cls: '*', seq: ver, hold: T0 + 1e9, end: T0 + 2e9 };
  return {
    pk: { S: clientPartition('t', client) },
    sk: { S: 'CAP' },
    ver: { N: String(ver) },
    chg: { N: String(chg) },
    k_rule: writeDetectorCap({ ...cap, why: '', ev: '', strike: 1, mode: 'enforce' }),
  };
}

/** A table that answers with what the test hands it, when the test says so. */
function scene() {
  const state = {
    items: [] as DynamoDocument[],
    since: [] as number[],
    answer: 'now' as 'now' | 'never' | 'fail',
  };
  const problems: Error[] = [];
  const dynamo: DynamoPort = {
    send: async (_operation, input) => {
      const values = input.ExpressionAttributeValues as { ':since': { N: string } };
      state.since.push(Number(values[':since'].N));
      if (state.answer === 'never') await new Promise(() => undefined);
      if (state.answer === 'fail') throw new DynamoError('TimeoutError', 'no answer');
      return { Items: state.items };
    },
  };
  const cache = new CapCache({
    dynamo,
    table: 'limits',
    softMs: 1000,
    hardMs: 2000,
    budgetMs: 25,
    random: () => 0.5,
    onProblem: (problem) => problems.push(problem),
  });
  return { state, problems, cache, verOf: (client: string) => cache.capsOf('t', client)?.ver };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('caps in memory', () => {
  test('are not read again while they are young', async () => {
    const { state, cache } = scene();
    await cache.load(() => T0);
    expect(cache.freshen(T0 + 1000)).toBeUndefined();
    expect(state.since).toEqual([0]);
  });

  test('are read once beside the requests when they are older than the soft bound', async () => {
    const { state, cache, verOf } = scene();
    await cache.load(() => T0);
    state.items = [item('a', 1, T0 + 500)];
    for (let i = 0; i < 10; i++) expect(cache.freshen(T0 + 1001 + i)).toBeUndefined();
    expect(state.since).toHaveLength(2);
    await settle();
    expect(verOf('a')).toBe(1);
  });

  test('are read before the decision when they are older than the hard bound', async () => {
    const { state, cache, verOf } = scene();
    await cache.load(() => T0);
    state.items = [item('a', 1, T0 + 500)];
    await cache.freshen(T0 + 600_000);
    expect(verOf('a')).toBe(1);
  });

  test('are asked for from ten seconds before the last change, whichever clock is behind', async () => {
    const { state, cache } = scene();
    state.items = [item('a', 1, T0 - 60_000)];
    await cache.load(() => T0);
    await cache.freshen(T0 + 2001);
    state.items = [item('b', 1, T0 + 3_600_000)];
    await cache.freshen(T0 + 4002);
    await cache.freshen(T0 + 6003);
    expect(state.since).toEqual([0, T0 - 70_000, T0 - 70_000, T0 + 4002 - 10_000]);
  });

  test('stay at the newest version in whichever order it is read', async () => {
    const { state, cache, verOf } = scene();
    state.items = [item('a', 3, T0)];
    await cache.load(() => T0);
    state.items = [item('a', 2, T0 - 1)];
    await cache.freshen(T0 + 2001);
    expect(verOf('a')).toBe(3);
  });

  test('are all read again after five minutes, which forgets what was deleted', async () => {
    const { state, cache, verOf } = scene();
    state.items = [item('a', 1, T0 - 60_000)];
    await cache.load(() => T0);
    state.items = [];
    await cache.freshen(T0 + 100_000);
    expect(verOf('a')).toBe(1);
    await cache.freshen(T0 + 300_000);
    expect(verOf('a')).toBeUndefined();
  });
});

describe('sampling', () => {
  const sampling = (ver: number, chg: number, attributes: object): DynamoDocument => ({
    pk: { S: 'CONF' },
    sk: { S: 'SAMPLING' },
    ver: { N: String(ver) },
    chg: { N: String(chg) },
    ...attributes,
  });
  const rate = (share: string): object => ({ rate: { N: share } });

  test('is read with the caps, and stays one object while it is unchanged', async () => {
    const { state, cache } = scene();
    expect(cache.sampling).toBeUndefined();
    state.items = [item('a', 1, T0), sampling(1, T0, rate('0.5'))];
    await cache.load(() => T0);
    const first = cache.sampling;
    expect(first).toEqual({ ver: 1, rate: 0.5 });
    await cache.freshen(T0 + 2001);
    expect(cache.sampling).toBe(first);
    state.items = [sampling(2, T0 + 3000, rate('1'))];
    await cache.freshen(T0 + 5000);
    expect(cache.sampling).toEqual({ ver: 2, rate: 1 });
    state.items = [sampling(1, T0, rate('0.5'))];
    await cache.freshen(T0 + 8000);
    expect(cache.sampling).toEqual({ ver: 2, rate: 1 });
  });

  test('that cannot be read is told once, and the last good one stays', async () => {
    const { state, problems, cache } = scene();
    state.items = [sampling(1, T0 - 60_000, rate('0.5'))];
    await cache.load(() => T0);
    state.items = [sampling(2, T0 - 50_000, rate('7'))];
    for (const ms of [2001, 4002, 6003]) await cache.freshen(T0 + ms);
    expect(problems.map(({ message }) => message)).toEqual([
      'CONF SAMPLING: expected rate to be a number from 0 to 1',
    ]);
    await cache.freshen(T0 + 300_000);
    expect(cache.sampling).toEqual({ ver: 1, rate: 0.5 });
    expect(problems).toHaveLength(2);
  });

  test('that was deleted and written anew counts from its new beginning', async () => {
    const { state, cache } = scene();
    state.items = [sampling(9, T0 - 60_000, rate('0.5'))];
    await cache.load(() => T0);
    state.items = [sampling(1, T0 + 1000, rate('0.25'))];
    await cache.freshen(T0 + 300_000);
    expect(cache.sampling).toEqual({ ver: 1, rate: 0.25 });
  });

  test('that was deleted is forgotten with the next reading of everything', async () => {
    const { state, cache } = scene();
    state.items = [sampling(1, T0 - 60_000, rate('0.5'))];
    await cache.load(() => T0);
    state.items = [];
    await cache.freshen(T0 + 100_000);
    expect(cache.sampling?.rate).toBe(0.5);
    await cache.freshen(T0 + 300_000);
    expect(cache.sampling).toBeUndefined();
  });
});

describe('while the table does not answer', () => {
  test('a new instance tries three times before it serves without knowing any cap', async () => {
    const { state, problems, cache, verOf } = scene();
    state.answer = 'fail';
    await cache.load(() => T0);
    expect(problems).toHaveLength(3);
    state.items = [item('a', 1, T0)];
    state.answer = 'now';
    await cache.load(() => T0 + 5_000);
    expect(verOf('a')).toBe(1);
  });

  test('the last caps hold and tries are spaced', async () => {
    const { state, problems, cache, verOf } = scene();
    state.items = [item('a', 1, T0)];
    await cache.load(() => T0);
    state.answer = 'fail';
    await cache.freshen(T0 + 5000);
    for (let ms = 5001; ms < 5700; ms += 100) expect(cache.freshen(T0 + ms)).toBeUndefined();
    expect(state.since).toHaveLength(2);
    await cache.freshen(T0 + 5751);
    expect(state.since).toHaveLength(3);
    expect(verOf('a')).toBe(1);
    expect(problems.map((problem) => problem.message)).toEqual(Array(2).fill('TimeoutError: no answer'));
  });

  test('a decision waits for its budget and no longer', async () => {
    const { state, cache } = scene();
    await cache.load(() => T0);
    state.answer = 'never';
    await cache.freshen(T0 + 5000);
    expect(cache.freshen(T0 + 5030)).toBeUndefined();
    expect(state.since).toHaveLength(2);
  });

  test('a read that the instance was frozen in is given up', async () => {
    const { state, cache, verOf } = scene();
    await cache.load(() => T0);
    state.answer = 'never';
    cache.freshen(T0 + 1500);
    state.answer = 'now';
    state.items = [item('a', 1, T0 + 600_000)];
    await cache.freshen(T0 + 600_000);
    expect(verOf('a')).toBe(1);
  });
});
