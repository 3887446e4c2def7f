import { Client } from '@opensearch-project/opensearch';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyIndexSetup, type SetupOptions } from './apply-index-setup.ts';
import { connectOpenSearch } from './connect-opensearch.ts';
import type { SetupReport } from './setup-report.ts';
import { EngineStandIn } from './testing/engine-stand-in.ts';

let engine: EngineStandIn;
let url: string;
let client: Client;

beforeEach(async () => {
  engine = new EngineStandIn();
  url = await engine.start();
  client = connectOpenSearch({ url });
});

afterEach(async () => {
  await client.close();
  await engine.stop();
});

const apply = (options: SetupOptions = {}): Promise<SetupReport> => applyIndexSetup(client, options);

function statuses(report: SetupReport): Readonly<Record<string, string>> {
  return Object.fromEntries(report.steps.map(({ subject, name, status }) => [`${subject} ${name}`, status]));
}

function details(report: SetupReport, status: string): readonly string[] {
  return report.steps
    .filter((step) => step.status === status)
    .map(({ name, detail }) => `${name}: ${detail}`);
}

describe('against a stand-in with the plugins’ documented answers', () => {
  test('a first run creates everything, and a second one writes nothing', async () => {
    expect(new Set(Object.values(statuses(await apply())))).toEqual(new Set(['created']));
    expect(engine.writes).toHaveLength(4 + 2 + 2 + 5);
    engine.writes.length = 0;
    const second = await apply();
    expect(new Set(Object.values(statuses(second)))).toEqual(new Set(['unchanged']));
    expect(second.installed).toBe(second.version);
    expect(engine.writes).toEqual([]);
  });

  test('a dry run says the same and writes nothing', async () => {
    const dry = await apply({ dryRun: true });
    expect(engine.writes).toEqual([]);
    expect(dry.dryRun).toBe(true);
    expect(statuses(dry)).toEqual(statuses(await apply()));
  });

  test('other days change one policy, in its own place, and tell the indices under it', async () => {
    engine.indices.set('trail-2026.11.22', {});
    await apply();
    engine.ism.runJob();
    const before = engine.ism.policies.get('trailgate-trail');
    const report = await apply({ trailDays: 90 });
    expect(details(report, 'changed')).toEqual([
      'trailgate-trail: undefined',
      'trail-2026.11.22: told to take the new policy at its next run',
    ]);
    expect(engine.ism.policies.get('trailgate-trail')).toMatchObject({ version: (before?.version ?? 0) + 1 });
    engine.ism.runJob();
    expect(new Set(Object.values(statuses(await apply({ trailDays: 90 }))))).toEqual(new Set(['unchanged']));
  });

  test('indices from before the policy are put under it, and those of another policy left', async () => {
    engine.indices.set('business-2026.11.21', {});
    engine.indices.set('business-2026.11.22', {});
    engine.ism.managed.set('business-2026.11.22', { policy: 'my-own' });
    const report = await apply();
    expect(engine.ism.managed.get('business-2026.11.21')).toEqual({ policy: 'trailgate-business' });
    expect(engine.ism.managed.get('business-2026.11.22')).toEqual({ policy: 'my-own' });
    expect(details(report, 'skipped')).toEqual(['business-2026.11.22: another policy manages it']);
  });

  test('more indices than one path can name are put under the policy in several calls', async () => {
    for (let day = 0; day < 250; day += 1) {
      const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10).replaceAll('-', '.');
      engine.indices.set(`trail-${date}`, {});
    }
    await apply();
    expect(engine.ism.managed.size).toBe(250);
    expect(engine.writes.filter((write) => write.includes('/_ism/add/'))).toHaveLength(3);
  });

  test('a policy that someone changes at the same time is not written over', async () => {
    await apply();
    engine.instead = ({ method, path }) => {
      if (method === 'PUT' && path.endsWith('/trailgate-trail')) {
        const kept = engine.ism.policies.get('trailgate-trail');
        if (kept !== undefined) kept.seq += 1;
      }
      return undefined;
    };
    expect(details(await apply({ trailDays: 90 }), 'failed')).toEqual([
      'trailgate-trail: someone else has changed the policy at the same time: look at it and apply again',
    ]);
    expect(engine.ism.policies.get('trailgate-trail')?.version).toBe(1);
  });

  test('who is told of failures stays in a policy that changes', async () => {
    await apply();
    const kept = engine.ism.policies.get('trailgate-trail');
    const error_notification = { channel: { id: 'c-1' }, message_template: { source: 'x' } };
    if (kept !== undefined) kept.policy = { ...kept.policy, error_notification };
    await apply({ trailDays: 90 });
    expect(engine.ism.policies.get('trailgate-trail')?.policy).toMatchObject({ error_notification });
  });

  test('a role that was changed by hand is set right, and mappings only grow', async () => {
    await apply({ roleMappings: { collector: ['arn:aws:iam::1:role/collector'] } });
    const role = engine.security.roles.get('trailgate_security');
    engine.security.roles.set('trailgate_security', { ...role, cluster_permissions: ['*'] });
    engine.security.rolesmapping.set('trailgate_collector', {
      backend_roles: ['by-hand'],
      users: ['ann'],
      hosts: [],
    });
    const report = await apply({ roleMappings: { collector: ['arn:aws:iam::1:role/collector'] } });
    expect(details(report, 'changed').map((line) => line.split(':')[0])).toEqual([
      'trailgate_security',
      'trailgate_collector',
    ]);
    expect(engine.security.roles.get('trailgate_security')?.cluster_permissions).not.toContain('*');
    expect(engine.security.rolesmapping.get('trailgate_collector')).toMatchObject({
      backend_roles: ['by-hand', 'arn:aws:iam::1:role/collector'],
      users: ['ann'],
    });
  });

  test('what the caller may not do is a step that failed, and the others are done', async () => {
    engine.instead = ({ path }) =>
      path.includes('/_security/') ? { status: 403, body: { message: 'No permission' } } : undefined;
    const report = await apply();
    expect(details(report, 'failed')).toHaveLength(5);
    expect(details(report, 'failed')[0]).toBe('trailgate_collector: 403 No permission');
    expect(statuses(report)['lifecycle policy trailgate-trail']).toBe('created');
  });

  test.each([
    ['the engine has no such plugin', 400, { error: 'no handler found for uri [x] and method [GET]' }],
    ['the service does not allow it', 401, { Message: "Your request: '/_plugins/x' is not allowed." }],
  ])('a part that is not there is skipped: %s', async (reason, status, body) => {
    engine.instead = ({ path }) => (path.startsWith('/_plugins') ? { status, body } : undefined);
    const skipped = details(await apply(), 'skipped');
    expect(skipped).toHaveLength(3);
    for (const line of skipped) expect(line).toContain(reason);
    expect(engine.writes.filter((write) => write.includes('_plugins'))).toEqual([]);
  });
});

describe('before anything is written', () => {
  test('a newer version that is installed stands, unless forced', async () => {
    engine.components.set('trailgate-common', { version: 99 });
    await expect(apply()).rejects.toMatchObject({
      code: 'NEWER_SCHEMA',
      message: expect.stringContaining('99'),
    });
    expect(engine.writes).toEqual([]);
    const forced = await apply({ force: true });
    expect(forced.installed).toBe(99);
    expect(statuses(forced)['component template trailgate-common']).toBe('changed');
  });

  test('an index with the name of an alias is said to be in the way', async () => {
    engine.indices.set('trail', {});
    await expect(apply()).rejects.toMatchObject({
      code: 'ALIAS_TAKEN',
      message: expect.stringContaining('trail'),
    });
    expect(engine.writes).toEqual([]);
  });

  test.each([
    [401, { error: 'Unauthorized' }, 'SETUP_REFUSED'],
    [403, { error: { type: 'security_exception', reason: 'no permissions' } }, 'SETUP_REFUSED'],
    [500, { error: { type: 'x' } }, 'SETUP_ANSWER'],
    [200, { hello: 'not OpenSearch' }, 'SETUP_ANSWER'],
  ])('an answer of %i with %j is %s', async (status, body, code) => {
    engine.instead = () => ({ status, body });
    await expect(apply()).rejects.toMatchObject({ code });
  });

  test('no answer at all is one sentence', async () => {
    await engine.stop();
    await expect(apply()).rejects.toMatchObject({ code: 'SETUP_CONNECTION' });
    await engine.start();
  });

  test('an option out of range is named', async () => {
    await expect(apply({ shards: 0 })).rejects.toMatchObject({ code: 'INDEX_OPTIONS' });
  });
});

describe('an index that is there', () => {
  test('gets the fields and the alias that it lacks, and keeps what is its own', async () => {
    engine.indices.set('trail-2026.11.22', {
      _meta: { mine: 1 },
      properties: { level: { type: 'keyword' } },
    });
    const report = await apply();
    expect(report.steps.find(({ name }) => name === 'trail-2026.11.22')).toMatchObject({
      status: 'changed',
      detail: expect.stringContaining('alias trail'),
    });
    expect(engine.aliased).toContain('trail-2026.11.22');
    expect(engine.indices.get('trail-2026.11.22')).toMatchObject({ dynamic: 'strict', _meta: { mine: 1 } });
  });

  test('gets them as well when it is of a month, or of late documents', async () => {
    const names = ['business-2026.11', 'business-late-2026.11', 'trail-2026.11'];
    for (const name of names) engine.indices.set(name, {});
    const known = statuses(await apply());
    expect(names.map((name) => known[`index ${name}`])).toEqual(['changed', 'changed', 'changed']);
    expect([...engine.aliased].sort()).toEqual(names);
  });

  test('whose field is of another type is named, with what to do, and the others go on', async () => {
    engine.indices.set('trail-2026.11.21', { properties: { tenant: { type: 'long' } } });
    engine.indices.set('trail-2026.11.22', {});
    const report = await apply();
    expect(details(report, 'failed')).toEqual([
      expect.stringMatching(/^trail-2026\.11\.21: tenant is long, not keyword: .*_reindex/),
    ]);
    expect(statuses(report)['index trail-2026.11.22']).toBe('changed');
  });

  test('that is not the collector’s own is left', async () => {
    engine.indices.set('trail-of-papers', { properties: { tenant: { type: 'long' } } });
    expect(details(await apply(), 'skipped')[0]).toContain('trail-of-papers: not an index of the collector');
    expect(engine.writes.filter((write) => write.includes('trail-of-papers/'))).toEqual([]);
  });
});

describe('OpenSearch Serverless', () => {
  test('gets the fields and aliases, and a sentence for what it does not have', async () => {
    const report = await apply({ engine: 'serverless' });
    expect(details(report, 'skipped')).toEqual([
      expect.stringContaining('trailgate-settings: OpenSearch Serverless decides about shards'),
      expect.stringContaining(
        'trailgate-business: OpenSearch Serverless has none for a search collection: something else has to delete',
      ),
      expect.stringContaining('trailgate-trail: OpenSearch Serverless has none'),
      expect.stringContaining('all: OpenSearch Serverless has none: give each audience a data access policy'),
    ]);
    expect(engine.writes.some((write) => write.includes('_plugins'))).toBe(false);
    expect(JSON.stringify([...engine.components.values()])).not.toContain('number_of_shards');
  });

  test('is called with a signature of its region and service', async () => {
    const signed = connectOpenSearch({
      url,
      signing: {
        region: 'eu-west-1',
        service: 'aoss',
        credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'k', sessionToken: 't' },
      },
    });
    await applyIndexSetup(signed, { engine: 'serverless' });
    await signed.close();
    expect(engine.lastHeaders.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/aoss\/aws4_request/,
    );
    expect(engine.lastHeaders['x-amz-security-token']).toBe('t');
  });
});

test('a user and password go with each call', async () => {
  const known = connectOpenSearch({ url, basic: { user: 'admin', password: 'p' } });
  expect(known).toBeInstanceOf(Client);
  await applyIndexSetup(known);
  await known.close();
  expect(engine.lastHeaders.authorization).toBe(`Basic ${Buffer.from('admin:p').toString('base64')}`);
});
