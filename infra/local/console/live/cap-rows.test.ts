import type { ClientCaps, DetectorCap } from '@trailgate/sdk/limits';
import { describe, expect, test } from 'vitest';
import { capRows } from './cap-rows.ts';

const START = Date.parse('2026-11-22T12:00:00Z');
const MINUTE = 60_000;
const BASE = { rate: 50, burst: 100, floor: 0.05 };

const held: DetectorCap = {
  rate: 0.5,
  burst: 1,
  cls: '*',
  seq: START * 1_000,
  hold: START + 5 * MINUTE,
  end: START + 10 * MINUTE,
  why: 'noisy-client',
  ev: 'finding',
  strike: 1,
  mode: 'enforce',
};
const client = (over: Partial<ClientCaps> = {}): ClientCaps => ({
  tenant: 'acme',
  client: 'ip:203.0.113.7',
  ver: 1,
  detectors: { 'noisy-client': held },
  ...over,
});

describe('capRows', () => {
  test('a held cap shows its rate, from when and until when', () => {
    expect(capRows([client()], BASE, START + MINUTE)).toEqual([
      {
        key: '["acme","ip:203.0.113.7","noisy-client"]',
        subject: { tenant: 'acme', client: 'ip:203.0.113.7' },
        tenant: 'acme',
        client: 'ip:203.0.113.7',
        cls: '*',
        rule: 'noisy-client',
        state: 'held',
        rate: 0.5,
        base: 50,
        hold: START + 5 * MINUTE,
        end: START + 10 * MINUTE,
        from: START,
      },
    ]);
  });

  test('after the hold the rate rises to the base, and at its end the cap is gone', () => {
    const at = (minutes: number) => capRows([client()], BASE, START + minutes * MINUTE);
    expect(at(7.6)).toMatchObject([{ state: 'rising', rate: 0.5 + 49.5 * 0.5 }]);
    expect(at(9.99)[0]?.rate).toBeLessThanOrEqual(50);
    expect(at(10)).toEqual([]);
  });

  test('a shadow cap shows what it would allow, and says that it refuses nobody', () => {
    const caps = client({ detectors: { 'noisy-client': { ...held, mode: 'shadow' } } });
    expect(capRows([caps], BASE, START)).toMatchObject([{ state: 'shadow', rate: 0.5 }]);
  });

  test('an operator overrules detectors and has a row of their own', () => {
    const operator = {
      kind: 'block',
      rate: 0,
      end: START + 60 * MINUTE,
      by: 'ana',
      why: 'incident 7',
    } as const;
    const rows = capRows([client({ operator })], BASE, START);
    expect(rows).toMatchObject([
      { state: 'operator', decision: 'block', rate: 0, rule: 'block by ana: incident 7', from: null },
      { state: 'overruled' },
    ]);
    expect(capRows([client({ operator })], BASE, START + 61 * MINUTE)).toEqual([]);
  });
});
