/** What limits need of a DynamoDB, run against every engine that stands in for it. */
import {
  bucketPartition,
  createLimiter,
  type DetectorCap,
  type DynamoPort,
  type LimitDecision,
  type Limiter,
} from '@trailgate/sdk/limits';
import {
  activeCaps,
  writeCap,
  writeMode,
  writeOperatorCap,
  writeSampling,
} from '@trailgate/sdk/limits/table';
import { beforeAll, describe, expect, test } from 'vitest';

export interface LimitsEngine {
  readonly dynamo: DynamoPort;
  readonly tables: { readonly limits: string; readonly buckets: string };
}

const T0 = 1_800_000_000_000;
const BASE = { rate: 50, burst: 100, floor: 0.05 };

function cap(change: Partial<DetectorCap> = {}): DetectorCap {
  const end = T0 + 600_000;
  const held = { rate: 5, burst: 5, cls: '*', hold: T0 + 300_000, end, seq: T0 * 1000 };
  return { ...held, why: 'noisy-client', ev: 'finding-1', strike: 1, mode: 'enforce', ...change };
}

export function limitsContract(name: string, makeEngine: () => Promise<LimitsEngine> | LimitsEngine): void {
  describe(`limits on ${name}`, () => {
    let engine: LimitsEngine;
    let tenants = 0;
    beforeAll(async () => {
      engine = await makeEngine();
    });

    /** A tenant of its own for each test: the tables are shared. */
    function scene(): {
      readonly tenant: string;
      cut(
        client: string,
        detector: string,
        change?: Partial<DetectorCap>,
        max?: number,
      ): ReturnType<typeof writeCap>;
      limiter(): Promise<Limiter>;
    } {
      const tenant = `tenant-${++tenants}`;
      const { dynamo, tables } = engine;
      return {
        tenant,
        cut: (client, detector, change = {}, max = 100) => {
          const guard = { scope: tenant, max };
          return writeCap(dynamo, tables, {
            tenant,
            client,
            detector,
            cap: cap(change),
            window: 'w1',
            guard,
            now: T0,
          });
        },
        limiter: async () => {
          const limiter = createLimiter({
            dynamo,
            tables,
            base: BASE,
            clock: () => T0,
            random: () => 0.5,
            bucketTimeoutMs: 10_000,
            refreshBudgetMs: 10_000,
          });
          await limiter.load();
          return limiter;
        },
      };
    }

    async function count(decisions: readonly (LimitDecision | Promise<LimitDecision>)[]): Promise<number> {
      return (await Promise.all(decisions)).filter((decision) => decision.allowed).length;
    }

    test('a client without caps is answered at once', async () => {
      const { tenant, limiter } = scene();
      const decision = (await limiter()).decide({ tenant, clients: ['user:free'], cls: '*', now: T0 });
      expect(decision).toEqual({ allowed: true });
    });

    test('a cap that was written is read, enforced and told', async () => {
      const { tenant, cut, limiter } = scene();
      expect(await cut('user:a', 'noisy-client')).toEqual({ status: 'written', ver: 1, mode: 'enforce' });
      const one = await limiter();
      const query = { tenant, clients: ['user:a', 'ip:192.0.2.1'], cls: 'read', now: T0 };
      for (let i = 0; i < 5; i++) expect(await one.decide(query)).toEqual({ allowed: true });
      expect(await one.decide(query)).toEqual({
        allowed: false,
        hit: { client: 'user:a', rule: 'noisy-client', rate: 5, burst: 5, retryAfterSeconds: 1, ver: 1 },
      });
      expect(await one.decide({ ...query, now: T0 + 250 })).toEqual({ allowed: true });
    });

    test('all instances together keep to one cap', async () => {
      const { tenant, cut, limiter } = scene();
      await cut('user:a', 'noisy-client');
      const instances = await Promise.all([limiter(), limiter(), limiter(), limiter()]);
      let admitted = 0;
      for (let ms = 0; ms < 2000; ms += 50) {
        const query = { tenant, clients: ['user:a'], cls: '*', now: T0 + ms };
        admitted += await count(instances.map((instance) => instance.decide(query)));
      }
      // burst 5 and 5 a second for 1.95 s, and no more than the slack of half a second above
      expect(admitted).toBeGreaterThanOrEqual(12);
      expect(admitted).toBeLessThanOrEqual(5 + Math.floor(5 * (1.95 + 0.5)) + 1);
    });

    test('a cap on one route class leaves the others alone', async () => {
      const { tenant, cut, limiter } = scene();
      await cut('user:a', 'login-abuse', { cls: 'login', rate: 0.1, burst: 1 });
      const one = await limiter();
      const at = (cls: string): Promise<number> =>
        count([0, 1, 2].map((i) => one.decide({ tenant, clients: ['user:a'], cls, now: T0 + i })));
      expect(await at('login')).toBe(1);
      expect(await at('read')).toBe(3);
    });

    test('a cut that is written again changes nothing', async () => {
      const { tenant, cut } = scene();
      await cut('user:a', 'noisy-client');
      const before = await activeCaps(engine.dynamo, engine.tables.limits, T0);
      expect(await cut('user:a', 'noisy-client', { rate: 1 })).toEqual({
        status: 'already',
        ver: 1,
        mode: 'enforce',
      });
      expect(await cut('user:a', 'noisy-client', { seq: T0 * 1000 - 1 })).toMatchObject({
        status: 'already',
      });
      const after = await activeCaps(engine.dynamo, engine.tables.limits, T0);
      expect(after).toEqual(before);
      expect(after.filter((caps) => caps.tenant === tenant)).toEqual([
        { tenant, client: 'user:a', ver: 1, detectors: { 'noisy-client': cap() }, changed: T0 },
      ]);
    });

    test('twenty detectors at once lose no write', async () => {
      const { tenant, cut } = scene();
      const names = Array.from({ length: 20 }, (_, i) => `detector-${i}`);
      await Promise.all(
        names.flatMap((detector) => [2, 1, 2].map((seq) => cut('user:a', detector, { seq, rate: seq }))),
      );
      const [caps] = (await activeCaps(engine.dynamo, engine.tables.limits, T0)).filter(
        (c) => c.tenant === tenant,
      );
      expect(Object.keys(caps?.detectors ?? {}).sort()).toEqual([...names].sort());
      for (const detector of names) expect(caps?.detectors[detector]).toEqual(cap({ seq: 2, rate: 2 }));
    });

    test('the guard lets the first clients of a window pass and puts the rest in shadow', async () => {
      const { cut } = scene();
      const clients = Array.from({ length: 12 }, (_, i) => `user:${i}`);
      const first = await Promise.all(clients.map((client) => cut(client, 'noisy-client', {}, 4)));
      expect(first.filter((outcome) => outcome.status === 'written')).toHaveLength(4);
      expect(first.filter((outcome) => outcome.status === 'shadowed-by-guard')).toHaveLength(8);
      const again = await Promise.all(clients.map((client) => cut(client, 'noisy-client', {}, 4)));
      expect(again.map((outcome) => outcome.status)).toEqual(clients.map(() => 'already'));
      expect(again.map((outcome) => outcome.mode)).toEqual(first.map((outcome) => outcome.mode));
    });

    test('a guard of no clients lets none pass', async () => {
      const { cut } = scene();
      expect(await cut('user:a', 'noisy-client', {}, 0)).toMatchObject({
        status: 'shadowed-by-guard',
        mode: 'shadow',
      });
    });

    test('a shadow cap refuses nothing and tells what it would have refused', async () => {
      const { tenant, cut, limiter } = scene();
      expect(await cut('user:a', 'noisy-client', { mode: 'shadow', rate: 0.1, burst: 1 }, 0)).toMatchObject({
        status: 'written',
        mode: 'shadow',
      });
      const one = await limiter();
      const query = { tenant, clients: ['user:a'], cls: '*', now: T0 };
      expect(await one.decide(query)).toEqual({ allowed: true });
      expect(await one.decide(query)).toMatchObject({
        allowed: true,
        shadow: { rule: 'noisy-client', rate: 0.1 },
      });
    });

    test('an instance that polls enforces a cut within the hard bound', async () => {
      const { tenant, cut, limiter } = scene();
      const one = await limiter();
      const query = { tenant, clients: ['user:a'], cls: '*' };
      expect(one.decide({ ...query, now: T0 })).toEqual({ allowed: true });
      await cut('user:a', 'noisy-client', { rate: 0.1, burst: 1 });
      const late = T0 + 2001;
      expect(await count([0, 1, 2].map((i) => one.decide({ ...query, now: late + i })))).toBe(1);
    });

    test('an instance with old caps is refused by the shared bucket and adopts the new ones without a poll', async () => {
      const { tenant, cut, limiter } = scene();
      const client = 'user:a';
      await cut(client, 'noisy-client', { rate: 20, burst: 20 });
      const one = await limiter();
      const query = { tenant, clients: [client], cls: '*' };
      expect(await one.decide({ ...query, now: T0 })).toEqual({ allowed: true });
      await cut(client, 'noisy-client', { rate: 0.1, burst: 1, seq: T0 * 1000 + 1 });
      // The poke does not change the arrival time, only who may count from it.
      const decisions = [];
      for (let i = 1; i <= 20; i++) decisions.push(await one.decide({ ...query, now: T0 + i }));
      expect(decisions.at(-1)).toMatchObject({ allowed: false, hit: { ver: 2, rate: 0.1 } });
      expect(await count(decisions)).toBeLessThanOrEqual(4);
    });

    test('a raised cap is not held back by the debt of the lower one', async () => {
      const { tenant, cut, limiter } = scene();
      await cut('user:a', 'noisy-client', { rate: 0.05, burst: 5 });
      const one = await limiter();
      const query = { tenant, clients: ['user:a'], cls: '*' };
      for (let i = 0; i < 8; i++) await one.decide({ ...query, now: T0 + i });
      await cut('user:a', 'noisy-client', { rate: 10, burst: 10, seq: T0 * 1000 + 1 });
      const later = T0 + 2100;
      await one.decide({ ...query, now: later });
      expect(await one.decide({ ...query, now: later + 300 })).toEqual({ allowed: true });
    });

    test('an operator wins over every detector: block, set and allow', async () => {
      const { tenant, cut, limiter } = scene();
      const { dynamo, tables } = engine;
      const operator = { by: 'op@example.com', why: 'ticket', end: T0 + 3_600_000 };
      for (const client of ['user:block', 'user:set', 'user:allow']) {
        await cut(client, 'noisy-client', { rate: 1, burst: 1 });
        await cut(client, 'other', { rate: 0.05, burst: 1 });
      }
      const decide = (client: string, kind: 'block' | 'set' | 'allow', rate: number): Promise<number> =>
        writeOperatorCap(dynamo, tables, { tenant, client, cap: { kind, rate, ...operator }, now: T0 });
      expect(await decide('user:block', 'block', 0)).toBe(3);
      await decide('user:set', 'set', 2);
      await decide('user:allow', 'allow', 100);
      const one = await limiter();
      const admitted = (client: string): Promise<number> =>
        count(
          Array.from({ length: 9 }, (_, i) =>
            one.decide({ tenant, clients: [client], cls: '*', now: T0 + i }),
          ),
        );
      expect(await admitted('user:block')).toBe(0);
      expect(await admitted('user:set')).toBe(4);
      expect(await admitted('user:allow')).toBe(9);
      const blocked = await one.decide({ tenant, clients: ['user:block'], cls: '*', now: T0 });
      expect(blocked).toMatchObject({ allowed: false, hit: { rule: 'operator', rate: 0 } });
    });

    test('a short cap after a long one does not shorten the life of the item', async () => {
      const { tenant, cut } = scene();
      const { dynamo, tables } = engine;
      const end = T0 + 90 * 86_400_000;
      await cut('user:a', 'noisy-client');
      const decision = { kind: 'allow', rate: 50, end, by: 'op', why: 'partner' } as const;
      await writeOperatorCap(dynamo, tables, { tenant, client: 'user:a', cap: decision, now: T0 });
      await cut('user:a', 'noisy-client', { seq: T0 * 1000 + 1 });
      const pk = { S: `C#${tenant}#user:a` };
      const { Item } = await dynamo.send('GetItem', {
        TableName: tables.limits,
        Key: { pk, sk: { S: 'CAP' } },
      });
      expect(Number((Item as { x: { N: string } }).x.N)).toBeGreaterThan(end / 1000);
    });

    test('caps and buckets of one tenant are out of reach of another whose name looks like its keys', async () => {
      const { tenant, cut, limiter } = scene();
      await cut('user:b#c', 'noisy-client', { rate: 0.05, burst: 1 });
      const one = await limiter();
      const query = { tenant: `${tenant}#user:b`, clients: ['c'], cls: '*', now: T0 };
      expect(one.decide(query)).toEqual({ allowed: true });
      expect(bucketPartition('a#b', 'c', '*')).not.toBe(bucketPartition('a', 'b#c', '*'));
    });

    test('the mode of all limits is read with the caps', async () => {
      const { tenant, cut, limiter } = scene();
      const { dynamo, tables } = engine;
      await cut('user:a', 'noisy-client', { rate: 0.05, burst: 1 });
      const query = { tenant, clients: ['user:a'], cls: '*', now: T0 };
      await writeMode(dynamo, tables.limits, { mode: 'shadow', by: 'op', now: T0 });
      const shadow = await limiter();
      await shadow.decide(query);
      expect(await shadow.decide(query)).toMatchObject({ allowed: true, shadow: { rule: 'noisy-client' } });
      await writeMode(dynamo, tables.limits, { mode: 'off', by: 'op', now: T0 });
      expect((await limiter()).decide(query)).toEqual({ allowed: true });
      await writeMode(dynamo, tables.limits, { mode: 'enforce', by: 'op', now: T0 });
      const enforcing = await limiter();
      await enforcing.decide(query);
      expect(await enforcing.decide(query)).toMatchObject({ allowed: false });
    });

    test('a change of sampling is read with the caps, as it was written, in place of the one before', async () => {
      const { limiter } = scene();
      const { dynamo, tables } = engine;
      const whole = {
        rate: 0.25,
        levels: { debug: 0.5, warn: 1 },
        rules: [{ route: 'GET /orders*', tenant: 'acme', level: 'debug', rate: 1 }, { rate: 0.000_001 }],
        slowMs: 750,
        until: T0 + 3_600_000,
      } as const;
      const first = await writeSampling(dynamo, tables.limits, whole, T0);
      expect((await limiter()).sampling).toEqual({ ver: first, ...whole });
      expect(await writeSampling(dynamo, tables.limits, { rate: 1 }, T0)).toBe(first + 1);
      expect((await limiter()).sampling).toEqual({ ver: first + 1, rate: 1 });
      expect(await writeSampling(dynamo, tables.limits, {}, T0)).toBe(first + 2);
      expect((await limiter()).sampling).toEqual({ ver: first + 2 });
    });

    test('an instance that polls has a change of sampling within the hard bound', async () => {
      const { tenant, limiter } = scene();
      const { dynamo, tables } = engine;
      const one = await limiter();
      await writeSampling(dynamo, tables.limits, { rate: 0.125 }, T0);
      await one.decide({ tenant, clients: ['user:a'], cls: '*', now: T0 + 2001 });
      expect(one.sampling).toMatchObject({ rate: 0.125 });
    });

    test('a change of sampling reaches an instance that has nothing to decide', async () => {
      const { limiter } = scene();
      const { dynamo, tables } = engine;
      const one = await limiter();
      await writeSampling(dynamo, tables.limits, { rate: 0.0625 }, T0);
      one.freshen?.(T0 + 1001);
      await expect.poll(() => one.sampling).toMatchObject({ rate: 0.0625 });
    });

    test('a change of sampling that is wrong is refused by name and changes nothing', async () => {
      const { limiter } = scene();
      const { dynamo, tables } = engine;
      await writeSampling(dynamo, tables.limits, { rate: 0.5 }, T0);
      const before = (await limiter()).sampling;
      const wrong = { rules: [{ rate: 1 }, { rate: 2 }] };
      await expect(writeSampling(dynamo, tables.limits, wrong, T0)).rejects.toThrow(
        'rules[1].rate: expected a number from 0 to 1, got 2',
      );
      expect((await limiter()).sampling).toEqual(before);
    });
  });
}
