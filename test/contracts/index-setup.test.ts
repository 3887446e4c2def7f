import { loadRules, shippedRules } from '@trailgate/detectors/rules';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EngineStandIn } from '../../collectors/src/setup/testing/engine-stand-in.ts';
import { applyTo } from '../../infra/aws/setup/apply-setup.ts';
import { handleSetup } from '../../infra/aws/setup/handle-setup.ts';
import { putAnswer } from '../../infra/aws/setup/put-answer.ts';
import type { SetupEvent } from '../../infra/aws/setup/setup-event.ts';
import { resourceProperties } from '../../infra/aws/setup/setup-properties.ts';
import { AnswerPlace } from '../../infra/aws/setup/testing/answer-place.ts';
import { VirtualTime } from '../../infra/aws/setup/testing/virtual-time.ts';

const ROLE = 'arn:aws:iam::111122223333:role';
const OPTIONS = {
  engine: 'cluster',
  missingPlugins: 'fail',
  indices: { preset: 'standard', trailDays: 90 },
  roleMappings: { collector: [`${ROLE}/collector`], detector: [`${ROLE}/detector`] },
  channels: [
    { kind: 'sns', topicArn: 'arn:aws:sns:eu-west-1:111122223333:alerts', roleArn: `${ROLE}/alerts` },
  ],
  securityAnalytics: true,
};

const rules = await loadRules(shippedRules());

let engine: EngineStandIn;
let place: AnswerPlace;
let url: string;

beforeEach(async () => {
  engine = new EngineStandIn();
  place = new AnswerPlace();
  url = await engine.start();
  await place.start();
});

afterEach(async () => {
  await engine.stop();
  await place.stop();
});

/** What CloudFormation is answered. */
async function deploy(
  RequestType: SetupEvent['RequestType'],
  options: object = OPTIONS,
): Promise<Readonly<Record<string, unknown>>> {
  const time = new VirtualTime();
  place.answers.length = 0;
  const work = handleSetup(
    {
      RequestType,
      ResponseURL: place.url,
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'Setup',
      ...(RequestType !== 'Create' && { PhysicalResourceId: 'trailgate-index-setup-shop' }),
      ResourceProperties: resourceProperties('shop', 'hash', JSON.stringify(options)),
    },
    {
      apply: (properties) =>
        applyTo({ url }, properties, {
          rules,
          now: Date.now(),
          dashboardsUrl: 'https://index.example/_dashboards',
        }),
      respond: (to, body) => putAnswer(to, body, { fetch, sleep: time.sleep }),
      clock: time.clock,
      // Waiting must not outrun the calls to the engine, which take real time.
      sleep: (ms, signal) => (ms > 60_000 ? new Promise(() => undefined) : time.sleep(ms, signal)),
      remainingMs: () => 900_000,
      log: () => undefined,
    },
  );
  await time.during(work);
  return place.answers[0]?.body ?? {};
}

test('a deployment sets up all of a domain, and the next one writes nothing', async () => {
  expect(await deploy('Create')).toMatchObject({ Status: 'SUCCESS' });
  expect([...engine.alerting.monitors.values()].map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Trailgate: new finding', 'Trailgate: trail silent for 15 minutes']),
  );
  expect(JSON.stringify([...engine.alerting.monitors.values()])).toContain(
    '"destination_id":"trailgate-shop"',
  );
  expect(JSON.stringify([...engine.alerting.monitors.values()])).toContain(
    'Look: https://index.example/_dash',
  );
  expect(engine.alerting.channels.get('trailgate-shop')).toMatchObject({
    sns: { role_arn: `${ROLE}/alerts` },
  });
  expect(engine.security.rolesmapping.get('trailgate_collector')).toMatchObject({
    backend_roles: [`${ROLE}/collector`],
  });
  expect(engine.dashboards.objects.has('dashboard:trailgate-security-trail')).toBe(true);
  engine.writes.length = 0;
  expect(await deploy('Update')).toMatchObject({ Status: 'SUCCESS', Data: { Created: '0', Changed: '0' } });
  expect(engine.writes).toEqual([]);
});

test('a rollback takes back what the failed deployment had brought', async () => {
  await deploy('Create');
  engine.instead = ({ path, method }) =>
    method === 'PUT' && path.startsWith('/_plugins/_alerting/')
      ? { status: 400, body: { error: { type: 'alerting_exception', reason: 'not like this' } } }
      : undefined;
  const next = { ...OPTIONS, indices: { trailDays: 30 }, thresholds: { failedLoginsPerUser: 3 } };
  expect(await deploy('Update', next)).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringMatching(/alert monitor .*as one user: 400 alerting_exception: not like this$/),
  });
  expect(await deploy('Update')).toMatchObject({ Status: 'SUCCESS', Data: { Changed: '1', Created: '0' } });
});

test('a domain that lets nobody in at first is waited for', async () => {
  let refusals = 3;
  engine.instead = () => {
    refusals -= 1;
    return refusals < 0
      ? undefined
      : {
          status: 403,
          body: { Message: 'User: arn:aws:sts::1:assumed-role/x is not authorized to perform: es:ESHttpGet' },
        };
  };
  expect(await deploy('Create')).toMatchObject({ Status: 'SUCCESS' });
});

test('a deletion writes nothing, also when the domain is gone', async () => {
  await deploy('Create');
  engine.writes.length = 0;
  expect(await deploy('Delete')).toMatchObject({ Status: 'SUCCESS' });
  expect(engine.writes).toEqual([]);
  await engine.stop();
  expect(await deploy('Delete')).toMatchObject({ Status: 'SUCCESS' });
  await engine.start();
});
