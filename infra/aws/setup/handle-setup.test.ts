import {
  NewerSchemaError,
  SetupConnectionError,
  SetupRefusedError,
  type SetupReport,
  type SetupStep,
} from '@trailgate/collectors/setup';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { handleSetup, type SetupPorts } from './handle-setup.ts';
import { putAnswer } from './put-answer.ts';
import type { Outcome, SetupEvent } from './setup-event.ts';
import { resourceProperties } from './setup-properties.ts';
import { AnswerPlace } from './testing/answer-place.ts';
import { VirtualTime } from './testing/virtual-time.ts';

const MINUTE = 60_000;
const OPTIONS = {
  ...{ engine: 'cluster', missingPlugins: 'fail', indices: { trailDays: 90 }, roleMappings: {} },
  ...{ channels: [], securityAnalytics: false },
};
const PROPERTIES = resourceProperties('shop', 'hash', JSON.stringify(OPTIONS));
const DONE: SetupStep = { subject: 'index template', name: 'trailgate-trail', status: 'created' };
const REFUSED: SetupStep = {
  subject: 'alert monitor',
  name: 'Trailgate: trail silent',
  status: 'failed',
  detail: '400 illegal_argument_exception: no such thing',
};

let place: AnswerPlace;
let time: VirtualTime;
let calls: number;

beforeEach(async () => {
  place = new AnswerPlace();
  time = new VirtualTime();
  calls = 0;
  await place.start();
});

afterEach(async () => {
  await place.stop();
});

function report(...steps: readonly SetupStep[]): SetupReport {
  return { version: 3, dryRun: false, steps: [DONE, ...steps] };
}

function event(change: Partial<SetupEvent> = {}): SetupEvent {
  return {
    RequestType: 'Create',
    ResponseURL: place.url,
    StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/trail/1',
    RequestId: 'r-1',
    LogicalResourceId: 'TrailIndexSetup',
    ResourceProperties: PROPERTIES,
    ...change,
  };
}

const update = (change: Partial<SetupEvent> = {}): SetupEvent =>
  event({ RequestType: 'Update', PhysicalResourceId: 'trailgate-index-setup-first', ...change });

async function run(
  asked: SetupEvent,
  apply: (call: number) => SetupReport | Promise<SetupReport>,
  change: Partial<SetupPorts> = {},
): Promise<Outcome> {
  const work = handleSetup(asked, {
    apply: async () => {
      calls += 1;
      return await apply(calls);
    },
    respond: (url, body) => putAnswer(url, body, { fetch, sleep: time.sleep }),
    clock: time.clock,
    sleep: time.sleep,
    remainingMs: () => 15 * MINUTE - time.now,
    log: () => undefined,
    ...change,
  });
  return await time.during(work);
}

/** As CloudFormation got it, once. */
function answered(): Readonly<Record<string, unknown>> {
  expect(place.answers).toHaveLength(1);
  return place.answers[0]?.body ?? {};
}

describe('a creation', () => {
  test('is answered with what was done, under an id made of the name', async () => {
    await run(event(), () => report({ ...DONE, status: 'unchanged' }));
    expect(answered()).toEqual({
      Status: 'SUCCESS',
      Reason: 'Index at schema version 3: 1 created, 0 changed, 1 unchanged, 0 skipped',
      PhysicalResourceId: 'trailgate-index-setup-shop',
      StackId: event().StackId,
      RequestId: 'r-1',
      LogicalResourceId: 'TrailIndexSetup',
      NoEcho: false,
      Data: { Version: '3', Created: '1', Changed: '0', Unchanged: '1', Skipped: '0' },
    });
    expect(place.answers[0]?.headers['content-type']).toBeUndefined();
  });

  test('that is refused fails at once, naming the step and what the engine said', async () => {
    await run(event(), () => report(REFUSED, { ...REFUSED, name: 'other' }));
    expect(answered()).toMatchObject({
      Status: 'FAILED',
      Reason:
        "Index set-up: alert monitor Trailgate: trail silent: 400 illegal_argument_exception: no such thing; 1 more, see the log of the set-up's function",
    });
    expect(calls).toBe(1);
  });

  test('waits for an index that is not reachable, then lets nobody in, then is busy', async () => {
    const busy = { ...REFUSED, detail: '503 master_not_discovered_exception' };
    await run(event(), (call) => {
      if (call === 1) throw new SetupConnectionError('OpenSearch does not answer: ENOTFOUND');
      if (call === 2) throw new SetupRefusedError('OpenSearch does not let the caller read templates: 403');
      return call === 3 ? report(busy) : report();
    });
    expect(answered().Status).toBe('SUCCESS');
    expect(calls).toBe(4);
    expect(time.now).toBe(35_000);
  });

  test('gives up after ten minutes, with the last reason', async () => {
    await run(event(), () => {
      throw new SetupRefusedError('OpenSearch does not let the caller read templates: 403 no permissions');
    });
    expect(answered()).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('403 no permissions'),
    });
    expect(time.now).toBeGreaterThan(9 * MINUTE);
    expect(time.now).toBeLessThanOrEqual(10 * MINUTE);
  });

  test('is answered before the function is ended, whatever the engine does', async () => {
    await run(event(), () => new Promise<SetupReport>(() => undefined));
    expect(answered()).toMatchObject({
      Status: 'FAILED',
      Reason: "Index set-up: not finished in the function's time; the index has not answered yet",
    });
    expect(time.now).toBeLessThan(15 * MINUTE);
  });

  test('over a newer release fails, and so does an old index that cannot be brought up to date', async () => {
    await run(event(), () => {
      throw new NewerSchemaError(9, 3);
    });
    expect(answered()).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('version 3 or older, got 9'),
    });
    place.answers.length = 0;
    const index: SetupStep = { ...REFUSED, subject: 'index', name: 'trail-2026.11.21' };
    await run(event(), () => report(index));
    expect(answered().Status).toBe('FAILED');
  });
});

describe('an update', () => {
  test('keeps the id of the resource, whatever it is', async () => {
    await run(update(), () => report());
    expect(answered()).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'trailgate-index-setup-first',
    });
  });

  test('back to an older release succeeds and says that what is installed stays', async () => {
    await run(update(), () => {
      throw new NewerSchemaError(4, 3);
    });
    expect(answered()).toMatchObject({
      Status: 'SUCCESS',
      Reason: expect.stringMatching(
        /^Nothing was written, and what is installed stays\. schema: expected version 3/,
      ),
      Data: { Version: 'newer' },
    });
  });

  test('is not failed by one old index, but by anything that the release needs', async () => {
    const index: SetupStep = {
      ...REFUSED,
      subject: 'index',
      name: 'trail-2026.11.21',
      detail: 'tenant is long',
    };
    await run(update(), () => report(index));
    expect(answered()).toMatchObject({
      Status: 'SUCCESS',
      Reason: expect.stringContaining('left for you: index trail-2026.11.21: tenant is long'),
    });
    place.answers.length = 0;
    await run(update(), () => report(index, REFUSED));
    expect(answered().Status).toBe('FAILED');
  });
});

test('a deletion leaves the index as it is and does not ask it, whatever the properties', async () => {
  await run(update({ RequestType: 'Delete', ResourceProperties: undefined }), () => report());
  expect(answered()).toMatchObject({
    Status: 'SUCCESS',
    Reason: expect.stringContaining('stay in the index'),
  });
  expect(calls).toBe(0);
});

test.each([
  ['no properties', undefined, 'Name: expected a text'],
  ['a version that is none', { ...PROPERTIES, Version: 'x' }, 'Version: expected a whole number, got "x"'],
  ['options that are no JSON', { ...PROPERTIES, Options: '{' }, 'Options: expected JSON'],
  ['an option of another kind', { ...PROPERTIES, Options: '{"engine":"other"}' }, 'Options.engine: '],
])('%s are answered with what was expected', async (_, ResourceProperties, said) => {
  await run(event({ ResourceProperties }), () => report());
  expect(answered()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(said) });
  expect(answered().PhysicalResourceId).toMatch(/^trailgate-index-setup-(?:shop|TrailIndexSetup)$/);
  expect(calls).toBe(0);
});

describe('the answer', () => {
  test('fits into what CloudFormation takes, whatever was said', async () => {
    await run(event(), () => {
      throw new Error('ü'.repeat(10_000));
    });
    expect(place.answers[0]?.bytes).toBeLessThanOrEqual(4_096);
    expect(String(answered().Reason).length).toBeGreaterThan(1_000);
  });

  test('is put again until it is taken', async () => {
    place.statuses.push(503, 500, 403);
    await run(event(), () => report());
    expect(answered().Status).toBe('SUCCESS');
  });

  test('that is never taken ends the run, and tells nobody where it should have gone', async () => {
    place.statuses.push(503, 503, 503, 503, 503);
    const ended = run(event(), () => report());
    await expect(ended).rejects.toMatchObject({
      code: 'SETUP_ANSWER_PUT',
      message: expect.stringContaining('503 5 times'),
    });
    await expect(ended).rejects.not.toMatchObject({ message: expect.stringContaining('s3cr3t') });
    const url = place.url;
    await place.stop();
    const work = putAnswer(url, '{}', { fetch, sleep: time.sleep });
    await expect(time.during(work)).rejects.toMatchObject({
      message: expect.stringContaining('ECONNREFUSED'),
    });
    await place.start();
  });
});
