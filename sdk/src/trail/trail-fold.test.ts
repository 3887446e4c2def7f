import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Folded, type FoldKey, TrailFold } from './trail-fold.ts';

const REFUSAL: FoldKey = {
  action: 'excess_rate_limit_exceeded',
  tenant: 'acme',
  principal: 'ip:1',
  user: '',
};
const login = (user: string, principal = 'ip:1'): FoldKey => ({
  action: 'authn_login_fail',
  tenant: 'acme',
  principal,
  user,
});
const total = (records: readonly Folded<unknown>[]): number =>
  records.reduce((sum, { count }) => sum + count, 0);
const one = <T>(event: T, count = 1): Folded<T> => ({ event, count, of: 'one', names: [] });

describe('folding', () => {
  test('three are written whole, then one record a second with the count', () => {
    const fold = new TrailFold<string>();
    const whole = [0, 10, 20].flatMap((at) => fold.take(REFUSAL, () => `e${at}`, at));
    expect(whole).toEqual([one('e0'), one('e10'), one('e20')]);
    for (let at = 30; at < 1000; at += 10) expect(fold.take(REFUSAL, () => `e${at}`, at)).toEqual([]);
    expect(fold.due(1019)).toEqual([]);
    expect(fold.due(1020)).toEqual([one('e30', 97)]);
    expect(fold.take(REFUSAL, () => 'late', 1021)).toEqual([]);
    expect(fold.due(2019)).toEqual([]);
    expect(fold.drain(2019)).toEqual([one('late')]);
  });

  test('principals, tenants and actions fold apart, and who was quiet for a minute starts anew', () => {
    const fold = new TrailFold<string>();
    for (let i = 0; i < 3; i++) fold.take(REFUSAL, () => 'a', 0);
    for (const other of [{ principal: 'ip:2' }, { tenant: 'bell' }, { action: 'authz_fail' as const }]) {
      expect(fold.take({ ...REFUSAL, ...other }, () => 'b', 0)).toEqual([one('b')]);
    }
    expect(fold.take(REFUSAL, () => 'a', 59_999)).toEqual([]);
    fold.drain(60_000);
    expect(fold.take(REFUSAL, () => 'a', 120_000)).toEqual([one('a')]);
  });

  test('an event is only made when it is written or stands for others', () => {
    const fold = new TrailFold<number>();
    let made = 0;
    for (let i = 0; i < 1000; i++) fold.take(REFUSAL, () => ++made, 0);
    expect(made).toBe(4);
  });

  test('a user who is tried again is told apart from the others of the address', () => {
    const fold = new TrailFold<string>();
    for (let i = 0; i < 10; i++) fold.take(login('ann'), () => 'ann', 0);
    expect(fold.take(login('bob'), () => 'bob', 0)).toEqual([one('bob')]);
    expect(fold.drain(0)).toEqual([one('ann', 7)]);
  });
});

describe('an attack at 200 logins a second, each as another user of one address', () => {
  function attack(seconds: number): { readonly records: Folded<string>[]; readonly events: number } {
    const fold = new TrailFold<string>();
    const records: Folded<string>[] = [];
    const events = 200 * seconds;
    for (let i = 0; i < events; i++) {
      records.push(...fold.take(login(`user-${i}`), () => `user-${i}`, i * 5), ...fold.due(i * 5));
    }
    records.push(...fold.drain(events * 5));
    return { records, events };
  }

  test('names 25 users within the first second, which is what the rules ask for', () => {
    const named = attack(1).records.filter(({ of }) => of === 'one');
    expect(new Set(named.map(({ event }) => event)).size).toBe(25);
  });

  test('writes 26 records a second, counts everybody and lists users that have no record', () => {
    const { records, events } = attack(10);
    expect(total(records)).toBe(events);
    expect(records.length).toBeLessThanOrEqual(26 * 10 + 2);
    const rest = records.filter(({ of }) => of === 'users');
    expect(rest.length).toBeGreaterThanOrEqual(9);
    expect(rest[0]?.names.length).toBe(64);
  });

  test('the same thousand users over and over are bounded too', () => {
    const fold = new TrailFold<string>();
    let records = 0;
    let counted = 0;
    for (let i = 0; i < 20_000; i++) {
      const told = [...fold.take(login(`user-${i % 1000}`), () => '', i), ...fold.due(i)];
      records += told.length;
      counted += total(told);
    }
    counted += total(fold.drain(20_000));
    expect(counted).toBe(20_000);
    expect(records).toBeLessThanOrEqual(20 * 27);
  });

  test('from ever-new addresses is bounded, and what is told of many names no one of them as the culprit', () => {
    const fold = new TrailFold<string>();
    const records: Folded<string>[] = [];
    for (let i = 0; i < 5000; i++) {
      records.push(...fold.take(login('ann', `ip:${i}`), () => '', i), ...fold.due(i));
    }
    records.push(...fold.drain(5000));
    expect(total(records)).toBe(5000);
    expect(records.length).toBeLessThanOrEqual(5 * 101 + 2);
    expect(records.some(({ of, names }) => of === 'principals' && names[0]?.startsWith('ip:'))).toBe(true);
  });
});

test('every event is in the count of exactly one record, with any number of keys and any pauses', () => {
  const step = fc.record({
    action: fc.constantFrom('authn_login_fail' as const, 'authz_fail' as const),
    tenant: fc.constantFrom('a', 'b'),
    principal: fc.oneof(fc.nat(3), fc.nat(3000)).map((n) => `ip:${n}`),
    user: fc.oneof(fc.nat(3), fc.nat(3000)).map(String),
    times: fc.integer({ min: 1, max: 60 }),
    wait: fc.oneof(fc.nat(20), fc.nat(3000)),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300, size: 'max' }), (steps) => {
      const fold = new TrailFold<number>();
      let now = 0;
      let given = 0;
      let told = 0;
      for (const { times, wait, ...key } of steps) {
        for (let i = 0; i < times; i++) told += total(fold.take(key, () => i, now));
        given += times;
        now += wait;
        told += total(fold.due(now));
      }
      told += total(fold.drain(now));
      expect(told).toBe(given);
      expect(fold.drain(now)).toEqual([]);
      expect(fold.due(now + 10_000)).toEqual([]);
    }),
  );
});
