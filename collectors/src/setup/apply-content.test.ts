import type { Client } from '@opensearch-project/opensearch';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyIndexSetup, type SetupOptions } from './apply-index-setup.ts';
import { connectOpenSearch } from './connect-opensearch.ts';
import type { SetupReport, SetupStep } from './setup-report.ts';
import { EngineStandIn } from './testing/engine-stand-in.ts';
import type { Reply } from './testing/question.ts';

const CHANNEL = {
  kind: 'sns' as const,
  id: 'trailgate-alerts',
  name: 'Trailgate alerts',
  description: 'Where the alerts of the trail go',
  topicArn: 'arn:aws:sns:eu-west-1:111122223333:alerts',
  roleArn: 'arn:aws:iam::111122223333:role/alerts',
};
const monitor = (name: string, interval = 1) => ({
  name,
  type: 'monitor',
  enabled: true,
  schedule: { period: { interval, unit: 'MINUTES' } },
  triggers: [],
});
const MONITORS = [monitor('Trailgate: one'), monitor('Trailgate: two')];
const pattern = { id: 'p', type: 'index-pattern', attributes: { title: 'trail-*' }, references: [] };
const search = {
  id: 's',
  type: 'search',
  attributes: { title: 'Übersicht' },
  references: [{ name: 'index', type: 'index-pattern', id: 'p' }],
};
const lines = (...objects: readonly object[]): string =>
  objects.map((object) => `${JSON.stringify(object)}\n`).join('');
const SAVED_OBJECTS = lines(pattern, search);

const ALL: SetupOptions = { channels: [CHANNEL], monitors: MONITORS, savedObjects: SAVED_OBJECTS };

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

const apply = (options: SetupOptions = ALL): Promise<SetupReport> => applyIndexSetup(client, options);

/** Steps on alerts and dashboards, and on what remembers them. */
async function content(options: SetupOptions = ALL): Promise<readonly string[]> {
  return (await apply(options)).steps.filter(isContent).map(({ name, status }) => `${status} ${name}`);
}

function isContent({ subject, name }: SetupStep): boolean {
  return /channel|monitor|saved/.test(subject) || name === 'trailgate-content';
}

function idOf(name: string): string {
  return [...engine.alerting.monitors].find(([, kept]) => kept.name === name)?.[0] ?? '';
}

const refuse =
  (part: string, reply: Reply) =>
  ({ path }: { readonly path: string }): Reply | undefined =>
    path.startsWith(part) ? reply : undefined;

describe('channels, monitors and saved objects', () => {
  test('are made at first, remembered, and not written again', async () => {
    expect(await content()).toEqual([
      'created trailgate-alerts',
      'created Trailgate: one',
      'created Trailgate: two',
      'created OpenSearch Dashboards',
      'created trailgate-content',
    ]);
    expect(engine.alerting.channels.get('trailgate-alerts')).toMatchObject({
      config_type: 'sns',
      sns: { topic_arn: CHANNEL.topicArn, role_arn: CHANNEL.roleArn },
    });
    expect(engine.dashboards.objects.get('search:s')).toMatchObject({ attributes: { title: 'Übersicht' } });
    engine.writes.length = 0;
    expect(new Set((await apply()).steps.map(({ status }) => status))).toEqual(new Set(['unchanged']));
    expect(engine.writes).toEqual([]);
  });

  test('of another release change only where they differ, and stay as they are without any', async () => {
    await apply();
    engine.writes.length = 0;
    const two = idOf('Trailgate: two');
    const next = { ...ALL, monitors: [monitor('Trailgate: one'), monitor('Trailgate: two', 5)] };
    expect(await content(next)).toEqual([
      'unchanged trailgate-alerts',
      'unchanged Trailgate: one',
      'changed Trailgate: two',
      'unchanged OpenSearch Dashboards',
      'changed trailgate-content',
    ]);
    expect(engine.writes).toEqual([
      `PUT /_plugins/_alerting/monitors/${two}`,
      'PUT /_component_template/trailgate-content',
    ]);
    expect(await content({})).toEqual(['unchanged trailgate-content']);
    expect(await content(ALL)).toContain('changed Trailgate: two');
  });

  test('that somebody has deleted come back', async () => {
    await apply();
    engine.alerting.monitors.delete(idOf('Trailgate: one'));
    engine.dashboards.objects.delete('search:s');
    engine.alerting.channels.clear();
    expect(await content()).toEqual([
      'created trailgate-alerts',
      'created Trailgate: one',
      'unchanged Trailgate: two',
      'changed OpenSearch Dashboards',
      'unchanged trailgate-content',
    ]);
  });

  test('that somebody has switched off stay off, and tuned monitors stay until a release changes them', async () => {
    await apply();
    const one = idOf('Trailgate: one');
    const kept = engine.alerting.monitors.get(one);
    engine.alerting.monitors.set(one, { ...kept, enabled: false, severity: 'tuned' });
    const channel = engine.alerting.channels.get('trailgate-alerts');
    engine.alerting.channels.set('trailgate-alerts', { ...channel, is_enabled: false });
    expect(await content()).toEqual(expect.arrayContaining(['unchanged Trailgate: one']));
    await apply({
      ...ALL,
      channels: [{ ...CHANNEL, name: 'other' }],
      monitors: [monitor('Trailgate: one', 9), MONITORS[1] ?? monitor('')],
    });
    expect(engine.alerting.monitors.get(one)).toMatchObject({
      enabled: false,
      schedule: { period: { interval: 9 } },
    });
    expect(engine.alerting.channels.get('trailgate-alerts')).toMatchObject({
      is_enabled: false,
      name: 'other',
    });
  });

  test('a monitor that is there twice is said, and one of them kept up to date', async () => {
    await apply();
    engine.alerting.monitors.set('zz', { ...MONITORS[0] });
    const step = (await apply()).steps.find(({ name }) => name === 'Trailgate: one');
    expect(step).toMatchObject({ status: 'unchanged', detail: '1 more have the same name and are left' });
  });

  test('a dry run says the same and writes nothing', async () => {
    const dry = await content({ ...ALL, dryRun: true });
    expect(engine.writes).toEqual([]);
    expect(await content()).toEqual(dry);
  });
});

describe('other channels', () => {
  const WEBHOOK = {
    ...{ kind: 'webhook' as const, id: 'hook', name: 'Hook', description: 'd' },
    url: 'https://hooks.example/T0/s3cr3t',
    headers: { authorization: 's3cr3t' },
  };
  const EMAIL = {
    ...{ kind: 'email' as const, id: 'mail', name: 'Mail', description: 'd' },
    ...{ from: 'alerts@example.com', to: ['team@example.com'], region: 'eu-west-1' },
    roleArn: 'arn:aws:iam::111122223333:role/mail',
  };

  test('are made with what they need, and not written again', async () => {
    const options = { channels: [WEBHOOK, EMAIL] };
    const [hook, sender, recipients, mail] = ['hook', 'mail-sender', 'mail-recipients', 'mail'];
    const names = [hook, sender, recipients, mail];
    expect(await content(options)).toEqual(names.map((name) => `created ${name}`));
    const kept = engine.alerting.channels;
    expect(kept.get('hook')).toMatchObject({
      config_type: 'webhook',
      webhook: { url: WEBHOOK.url, header_params: WEBHOOK.headers, method: 'POST' },
    });
    expect(kept.get('mail-sender')).toMatchObject({
      config_type: 'ses_account',
      ses_account: { region: 'eu-west-1', from_address: EMAIL.from, role_arn: EMAIL.roleArn },
    });
    expect(kept.get('mail-recipients')).toMatchObject({
      config_type: 'email_group',
      email_group: { recipient_list: [{ recipient: 'team@example.com' }] },
    });
    expect(kept.get('mail')).toMatchObject({
      config_type: 'email',
      email: { email_account_id: sender, recipient_list: [], email_group_id_list: [recipients] },
    });
    engine.writes.length = 0;
    expect(await content(options)).toEqual(names.map((name) => `unchanged ${name}`));
    expect(engine.writes).toEqual([]);
    const others = { channels: [{ ...EMAIL, to: ['other@example.com'] }] };
    expect(await content(others)).toEqual([
      'unchanged mail-sender',
      'changed mail-recipients',
      'unchanged mail',
    ]);
  });

  test('tell no secret when they are refused, and mail is not made without its sender', async () => {
    engine.instead = ({ path, method, text }) =>
      path.includes('_notifications') && method === 'POST'
        ? { status: 400, body: { error: { type: 'x', reason: `cannot use ${text}` } } }
        : undefined;
    const report = await apply({ channels: [WEBHOOK, EMAIL] });
    const steps = report.steps.filter(({ subject }) => subject === 'notification channel');
    expect(steps.map(({ name, status }) => `${status} ${name}`)).toEqual([
      'failed hook',
      'failed mail-sender',
    ]);
    expect(steps[0]?.detail).toMatch(/^400 \(the reason is left out/);
    expect(JSON.stringify(report)).not.toContain('s3cr3t');
  });

  test('are refused by their field before anything is written', async () => {
    await expect(apply({ channels: [{ ...WEBHOOK, url: 'http://s3cr3t' }] })).rejects.toMatchObject({
      code: 'ALERT_CHANNEL',
      field: 'url',
      message: expect.not.stringContaining('s3cr3t'),
    });
    expect(engine.writes).toEqual([]);
  });
});

describe('what goes wrong', () => {
  test('is not remembered as installed, and done the next time', async () => {
    const busy = { status: 429, body: { error: { reason: 'busy' } } };
    engine.instead = ({ path }) =>
      path.startsWith('/_plugins/_alerting/') || path.endsWith('/_import') ? busy : undefined;
    expect(await content()).toEqual([
      'created trailgate-alerts',
      'failed all',
      'failed OpenSearch Dashboards',
    ]);
    engine.instead = ({ method, body }) =>
      method === 'POST' && body.name === 'Trailgate: two' ? busy : undefined;
    expect(await content()).toEqual([
      'unchanged trailgate-alerts',
      'created Trailgate: one',
      'failed Trailgate: two',
      'created OpenSearch Dashboards',
      'created trailgate-content',
    ]);
    engine.instead = () => undefined;
    expect(await content()).toContain('created Trailgate: two');
    expect(new Set((await content()).map((line) => line.split(' ')[0]))).toEqual(new Set(['unchanged']));
  });

  test('an import that answers 200 and takes nothing has failed, with the first reason', async () => {
    const report = await apply({ ...ALL, savedObjects: lines(search) });
    const step = report.steps.find(({ subject }) => subject === 'saved objects');
    expect(step).toMatchObject({
      status: 'failed',
      detail: expect.stringMatching(/first search s: .*missing_ref/),
    });
  });

  test('a line that is no saved object is named before it is sent', async () => {
    await expect(apply({ savedObjects: `${lines(pattern)}nonsense\n` })).rejects.toMatchObject({
      code: 'SETUP_CONTENT',
      message: expect.stringContaining('line 2'),
    });
  });

  const NO_HANDLER = { status: 400, body: { error: 'no handler found for uri [x] and method [GET]' } };

  test('a missing plugin is skipped with its reason, or is a failure where a deployment says so', async () => {
    engine.instead = ({ path }) => (/^\/_(?:plugins|dashboards)\//.test(path) ? NO_HANDLER : undefined);
    expect(await content()).toEqual([
      'skipped trailgate-alerts',
      'skipped all',
      'skipped OpenSearch Dashboards',
    ]);
    const strict = await apply({ ...ALL, missingPlugins: 'fail' });
    const failed = strict.steps.filter(({ status }) => status === 'failed');
    expect(failed.map(({ subject }) => subject)).toEqual([
      'lifecycle policy',
      'lifecycle policy',
      'role',
      'notification channel',
      'alert monitor',
      'saved objects',
    ]);
    for (const { detail } of failed) expect(detail).toContain('the engine has no such plugin');
  });

  test('OpenSearch Serverless has no alerts, and dashboards where the collection lets the caller use them', async () => {
    const serverless: SetupOptions = { ...ALL, engine: 'serverless', missingPlugins: 'fail' };
    engine.instead = refuse('/_dashboards/', { status: 403, body: { message: 'Forbidden' } });
    expect(await content(serverless)).toEqual(['skipped all', 'skipped OpenSearch Dashboards']);
    engine.instead = () => undefined;
    expect(await content(serverless)).toEqual([
      'skipped all',
      'created OpenSearch Dashboards',
      'created trailgate-content',
    ]);
    expect(engine.writes.filter((write) => write.includes('_plugins'))).toEqual([]);
  });
});
