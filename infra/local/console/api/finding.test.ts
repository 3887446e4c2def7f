import { loadRules, shippedRules } from '@trailgate/detectors';
import type { ClientCaps, DetectorCap } from '@trailgate/sdk/limits';
import { afterEach, describe, expect, test } from 'vitest';
import type { FindingAnswer } from '../answers.ts';
import { findingDocument, trailDocument } from '../testing/documents.ts';
import { asked, IndexedSources } from '../testing/indexed-sources.ts';
import { FINDING } from './finding.ts';

const AT = Date.parse('2026-11-22T12:00:00Z');
const DAY = 'trail-2026.11.22';
const iso = (ms: number): string => new Date(ms).toISOString();
const opened: IndexedSources[] = [];
afterEach(() => {
  for (const sources of opened.splice(0)) sources.close();
});

const cap: DetectorCap = {
  rate: 0.05,
  burst: 1,
  cls: 'auth',
  seq: AT * 1_000,
  hold: AT + 60_000,
  end: AT + 120_000,
  why: 'credential-stuffing',
  ev: 'finding',
  strike: 1,
  mode: 'enforce',
};
const capped: ClientCaps = {
  tenant: 'acme',
  client: 'ip:203.0.113.7',
  ver: 1,
  detectors: { 'noisy-client': { ...cap, why: 'noisy-client' }, 'credential-stuffing': cap },
};

async function attacked(Sources = IndexedSources): Promise<IndexedSources> {
  const sources = new Sources();
  opened.push(sources);
  sources.rules = await loadRules(shippedRules());
  sources.caps = [{ ...capped, tenant: 'other' }, capped];
  const login = (ms: number, more: object = {}) => ({
    ...trailDocument({ at: AT + ms, action: 'authn_login_fail', outcome: 'failure', user: `u${ms}` }),
    tenant: 'acme',
    ...more,
  });
  const evidence = { attempts: 60, first: iso(AT - 60_000), last: iso(AT - 1_000) };
  await sources.put(DAY, {
    before: login(-60_001),
    ...Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`a${n}`, login(-60_000 + n * 1_000)])),
    'other tenant': login(-2_000, { tenant: 'other' }),
    'other client': login(-2_000, { principal: 'ip:203.0.113.8' }),
    finding: findingDocument({ at: AT, message: 'Many users', evidence }),
    after: login(1),
    bare: {
      '@timestamp': iso(AT),
      event: { kind: 'alert' },
      rule: { name: 'series' },
      message: 'Fewer orders',
    },
  });
  return sources;
}

const read = (sources: IndexedSources, id: string, now = AT) =>
  FINDING.answer(asked({ index: DAY, id }, now), sources) as Promise<FindingAnswer>;

describe('a finding', () => {
  test('has its rule, the events of its evidence, and the cap that it wrote', async () => {
    const { finding, rule, events, eventsTotal, cap: row, json } = await read(await attacked(), 'finding');
    expect(finding).toMatchObject({
      id: 'finding',
      rule: 'credential-stuffing',
      principal: 'ip:203.0.113.7',
    });
    expect(rule).toMatchObject({ name: 'credential-stuffing' });
    expect(eventsTotal).toBe(60);
    expect(events.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, n) => `a${59 - n}`));
    expect(row).toMatchObject({ tenant: 'acme', rule: 'credential-stuffing', state: 'held', rate: 0.05 });
    expect(JSON.parse(json)).toMatchObject({ message: 'Many users' });
  });

  test('whose cap has ended has none', async () => {
    expect((await read(await attacked(), 'finding', cap.end)).cap).toBeNull();
  });

  test('of no client and no rule of ours is shown as it is', async () => {
    expect(await read(await attacked(), 'bare')).toMatchObject({
      finding: { rule: 'series', message: 'Fewer orders' },
      rule: null,
      events: [],
      eventsTotal: 0,
      cap: null,
    });
  });

  test('is shown while the limits table cannot be read', async () => {
    class Tableless extends IndexedSources {
      override activeCaps = () => Promise.reject(new Error('no table'));
    }
    expect(await read(await attacked(Tableless), 'finding')).toMatchObject({ eventsTotal: 60, cap: null });
  });

  test('is neither an event nor what is not there', async () => {
    const sources = await attacked();
    await expect(read(sources, 'a1')).rejects.toMatchObject({ status: 404, code: 'NO_FINDING' });
    await expect(read(sources, 'x')).rejects.toMatchObject({ status: 404, code: 'NO_DOCUMENT' });
  });
});
