import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCHEMA_VERSION } from '../../../collectors/src/schema/index.ts';
import { connectOpenSearch, type SetupReport } from '../../../collectors/src/setup/index.ts';
import { loadRules, shippedRules } from '../../../detectors/src/rules/index.ts';
import { applyTo } from '../../../infra/aws/setup/apply-setup.ts';
import { handleSetup } from '../../../infra/aws/setup/handle-setup.ts';
import { putAnswer } from '../../../infra/aws/setup/put-answer.ts';
import type { SetupEvent } from '../../../infra/aws/setup/setup-event.ts';
import { resourceProperties } from '../../../infra/aws/setup/setup-properties.ts';
import { AnswerPlace } from '../../../infra/aws/setup/testing/answer-place.ts';
import { openSearchUrl } from '../opensearch-url.ts';

const TEMPLATES = ['settings', 'common', 'business', 'trail', 'content'];
/** A day that no other test writes to. */
const NOW = Date.UTC(1998, 9, 6, 12);
const rules = await loadRules(shippedRules());
const place = new AnswerPlace();
let url: string;
let client: ReturnType<typeof connectOpenSearch>;
const reports: SetupReport[] = [];

async function clear(): Promise<void> {
  await client.transport.request({ method: 'DELETE', path: '/trail-1998.10.06' }).catch(() => undefined);
  for (const kind of ['index_template', 'component_template']) {
    for (const name of TEMPLATES) {
      await client.transport
        .request({ method: 'DELETE', path: `/_${kind}/trailgate-${name}` })
        .catch(() => undefined);
    }
  }
}

beforeAll(async () => {
  url = await openSearchUrl();
  client = connectOpenSearch({ url });
  await place.start();
  await clear();
});

afterAll(async () => {
  await clear();
  await client.close();
  await place.stop();
});

async function deploy(RequestType: 'Create' | 'Update', missingPlugins: 'skip' | 'fail'): Promise<object> {
  const options = {
    engine: 'cluster',
    missingPlugins,
    indices: { preset: 'single' },
    roleMappings: {},
    channels: [{ kind: 'sns', topicArn: 'arn:aws:sns:eu-west-1:1:t', roleArn: 'arn:aws:iam::1:role/r' }],
    securityAnalytics: true,
  };
  const event: SetupEvent = {
    RequestType,
    ResponseURL: place.url,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Setup',
    ...(RequestType === 'Update' && { PhysicalResourceId: 'trailgate-index-setup-shop' }),
    ResourceProperties: resourceProperties('shop', 'hash', JSON.stringify(options)),
  };
  place.answers.length = 0;
  await handleSetup(event, {
    apply: async (properties) => {
      const report = await applyTo({ url }, properties, { rules, now: NOW });
      reports.push(report);
      return report;
    },
    respond: (to, body) => putAnswer(to, body, { fetch, sleep }),
    clock: Date.now,
    sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
    remainingMs: () => 120_000,
    log: () => undefined,
  });
  return place.answers[0]?.body ?? {};
}

describe('the set-up of a deployment against the engine', () => {
  test('creates once, and writes nothing the second time', async () => {
    expect(await deploy('Create', 'skip')).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'trailgate-index-setup-shop',
      Data: { Version: String(SCHEMA_VERSION), Created: '7' },
    });
    expect(await deploy('Update', 'skip')).toMatchObject({
      Status: 'SUCCESS',
      Data: { Created: '0', Changed: '0', Skipped: '7' },
    });
    const skipped = reports[0]?.steps.filter(({ status }) => status === 'skipped') ?? [];
    expect(skipped.map(({ subject }) => subject)).toEqual([
      'lifecycle policy',
      'lifecycle policy',
      'role',
      'notification channel',
      'alert monitor',
      'log type',
      'saved objects',
    ]);
    for (const { detail } of skipped) expect(detail).toMatch(/^the engine has no such (?:plugin|interface)/);
  });

  test('fails where a deployment needs the plugins that it lacks', async () => {
    expect(await deploy('Update', 'fail')).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(
        /^Index set-up: lifecycle policy trailgate-business: the engine has no such plugin/,
      ),
    });
  });

  test('keeps a newer release that is installed', async () => {
    const body = { version: SCHEMA_VERSION + 1, template: {} };
    await client.transport.request({ method: 'PUT', path: '/_component_template/trailgate-common', body });
    expect(await deploy('Update', 'skip')).toMatchObject({ Status: 'SUCCESS', Data: { Version: 'newer' } });
    expect(await deploy('Create', 'skip')).toMatchObject({ Status: 'FAILED' });
  });
});
