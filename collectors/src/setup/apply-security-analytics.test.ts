import type { Client } from '@opensearch-project/opensearch';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyIndexSetup, type SetupOptions } from './apply-index-setup.ts';
import { connectOpenSearch } from './connect-opensearch.ts';
import type { SecurityAnalyticsContent } from './security-analytics-content.ts';
import { EngineStandIn } from './testing/engine-stand-in.ts';

const RULE = {
  id: '5d0c3ab2-6f0e-4c39-9d0b-2f6c8f1f4a17',
  title: 'One',
  text: 'title: "One"\nid: 5d0c3ab2-6f0e-4c39-9d0b-2f6c8f1f4a17\n',
};
const CONTENT: SecurityAnalyticsContent = {
  logType: { name: 'trailgate', description: 'd', source: 'Custom' },
  rules: [RULE],
  fieldMappings: { timestamp: '@timestamp' },
  detector: {
    name: 'Trailgate trail',
    enabled: true,
    detector_type: 'trailgate',
    inputs: [{ detector_input: { indices: ['trail'], custom_rules: [], pre_packaged_rules: [] } }],
  },
};
const NOW = Date.UTC(2026, 10, 23, 9);
const OURS = /log type|rule|mapping|detector/;

let engine: EngineStandIn;
let client: Client;

beforeEach(async () => {
  engine = new EngineStandIn();
  client = connectOpenSearch({ url: await engine.start() });
});

afterEach(async () => {
  await client.close();
  await engine.stop();
});

async function apply(securityAnalytics = CONTENT, more: SetupOptions = {}): Promise<readonly string[]> {
  const { steps } = await applyIndexSetup(client, { securityAnalytics, now: NOW, ...more });
  return steps
    .filter(({ subject }) => OURS.test(subject))
    .map(({ subject, status }) => `${status} ${subject}`);
}

const bodies = (kind: string): readonly object[] =>
  [...engine.securityAnalytics.kept.values()].flatMap((one) => (one.kind === kind ? [one.body] : []));

const ALL = ['log type', 'detection rule', 'field mapping', 'threat detector'];

describe('Security Analytics', () => {
  test('gets the log type, rules, mapping and detector once, the detector with the rules’ ids', async () => {
    expect(await apply()).toEqual(ALL.map((subject) => `created ${subject}`));
    expect(bodies('rules')).toMatchObject([{ category: 'trailgate', rule: RULE.text }]);
    expect(bodies('detectors')).toMatchObject([
      { inputs: [{ detector_input: { indices: ['trail'], custom_rules: [{ id: 'rules-2' }] } }] },
    ]);
    expect(engine.securityAnalytics.mapped.get('trail-2026.11.23')).toEqual({
      timestamp: { type: 'alias', path: '@timestamp' },
    });
    engine.writes.length = 0;
    expect(await apply()).toEqual(ALL.map((subject) => `unchanged ${subject}`));
    expect(engine.writes.filter((call) => call.includes('_security_analytics'))).toEqual([]);
  });

  test('of another release changes where it differs, by force where a detector uses it', async () => {
    await apply();
    const text = `${RULE.text}level: high\n`;
    expect(await apply({ ...CONTENT, rules: [{ ...RULE, text }] })).toEqual([
      'unchanged log type',
      'changed detection rule',
      'unchanged field mapping',
      'unchanged threat detector',
    ]);
    expect(bodies('rules')).toMatchObject([{ rule: text }]);
  });

  test('stays switched off, and comes back when it was deleted', async () => {
    await apply();
    const [id] = [...engine.securityAnalytics.kept].find(([, { kind }]) => kind === 'detectors') ?? [''];
    const off = { ...(bodies('detectors')[0] as object), enabled: false };
    engine.securityAnalytics.kept.set(id, { kind: 'detectors', body: off });
    const detector = { ...CONTENT.detector, detector_type: 'trailgate', schedule: 'other' };
    expect(await apply({ ...CONTENT, detector })).toContain('changed threat detector');
    expect(bodies('detectors')).toMatchObject([{ enabled: false, schedule: 'other' }]);
    engine.securityAnalytics.kept.delete(id);
    expect(await apply({ ...CONTENT, detector })).toContain('created threat detector');
  });

  test('leaves the detector alone when a rule of it was refused, and does it the next time', async () => {
    const busy = { status: 429, body: { error: { reason: 'busy' } } };
    engine.instead = ({ method, path }) =>
      method === 'POST' && path.endsWith('_security_analytics/rules') ? busy : undefined;
    expect(await apply()).toEqual([
      'created log type',
      'failed detection rule',
      'created field mapping',
      'failed threat detector',
    ]);
    engine.instead = () => undefined;
    expect((await apply()).slice(1)).toEqual([
      'created detection rule',
      'unchanged field mapping',
      'created threat detector',
    ]);
  });

  test('is skipped where the plugin is not, and nowhere but in a cluster', async () => {
    engine.instead = ({ path }) =>
      path.includes('_security_analytics')
        ? { status: 400, body: { error: 'no handler found for uri [x] and method [POST]' } }
        : undefined;
    expect(await apply()).toEqual(['skipped log type']);
    expect(await apply(CONTENT, { missingPlugins: 'fail' })).toEqual(['failed log type']);
    expect(await apply(CONTENT, { engine: 'serverless' })).toEqual([]);
    await expect(applyIndexSetup(client, { securityAnalytics: CONTENT })).rejects.toMatchObject({
      code: 'SETUP_CONTENT',
      message: expect.stringContaining('now: expected a time'),
    });
  });

  test('a dry run says the same and writes nothing', async () => {
    const dry = await apply(CONTENT, { dryRun: true });
    expect(engine.writes).toEqual([]);
    expect(await apply()).toEqual(dry);
  });
});
