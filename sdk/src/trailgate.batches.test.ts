import { describe, expect, test } from 'vitest';
import { createTestTrailgate, events, type TestTrailgate } from './testing/index.ts';
import type { Trailgate } from './trailgate.ts';

function traceparent(n: number): string {
  return `00-${String(n).padStart(32, 'f')}-00f067aa0ba902b7-00`;
}

const CARRIER = (n: number): string =>
  JSON.stringify({ traceparent: traceparent(n), correlation_id: `order-${n}` });
const NUMBERS = [1, 2, 3];

const BATCHES: readonly (readonly [string, unknown])[] = [
  [
    'aws:sqs',
    events.sqs({
      Records: NUMBERS.map((n) => ({
        messageAttributes: { _trailgate: { stringValue: CARRIER(n), dataType: 'String' } },
      })),
    }),
  ],
  [
    'aws:sqs',
    events.snsInSqs({
      notifications: NUMBERS.map((n) => ({
        MessageAttributes: { _trailgate: { Type: 'String', Value: CARRIER(n) } },
      })),
    }),
  ],
  [
    'aws:sqs',
    events.eventBridgeInSqs({
      events: NUMBERS.map((n) => ({ detail: { _trailgate: CARRIER(n) } })) as never,
    }),
  ],
  [
    'aws:sns',
    events.sns({
      Records: NUMBERS.map((n) => ({
        Sns: { MessageAttributes: { _trailgate: { Type: 'String', Value: CARRIER(n) } } },
      })),
    }),
  ],
  ['aws:kinesis', events.kinesis({ payloads: NUMBERS.map((n) => ({ _trailgate: CARRIER(n) })) })],
  ['aws:firehose', events.firehose({ payloads: NUMBERS.map((n) => ({ _trailgate: CARRIER(n) })) })],
  [
    'aws:dynamodb',
    events.dynamoDbStream({
      Records: NUMBERS.map((n) => ({ dynamodb: { NewImage: { _trailgate: { S: CARRIER(n) } } } })) as never,
    }),
  ],
];

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('each record of a batch', () => {
  test.each(BATCHES)(
    'of %s (%#) has its sender’s ids, in its lines and in what it calls',
    async (source, event) => {
      const kit = createTestTrailgate({ sampling: { rate: 1 } });
      const { trailgate } = kit;
      const sent: unknown[] = [];
      await kit.invoke(
        trailgate.wrap(async () => {
          for (const scope of trailgate.records(event)) {
            await scope.run(async () => {
              await tick();
              trailgate.log.info('one');
              sent.push([trailgate.outgoingHeaders()['x-correlation-id'], trailgate.correlation()?.traceId]);
              expect(scope.correlation.correlationId).toBe(trailgate.correlation()?.correlationId);
              expect(trailgate.carrier()).toContain(scope.correlation.traceId);
            });
          }
          trailgate.log.info('all');
        }),
        event,
      );
      const ids = NUMBERS.map((n) => [`order-${n}`, traceparent(n).slice(3, 35)]);
      expect(sent).toEqual(ids);
      const lines = kit.logs.filter(({ message }) => message === 'one');
      expect(lines.map(({ correlation_id, trace_id }) => [correlation_id, trace_id])).toEqual(ids);
      expect(lines.map(({ record }) => record?.source)).toEqual([source, source, source]);
      expect(new Set(lines.map(({ record }) => record?.id)).size).toBe(3);
      expect(kit.logs.at(-1)?.record).toBeUndefined();
    },
  );

  test('that are worked on side by side never mix', async () => {
    const kit = createTestTrailgate({ sampling: { rate: 1 } });
    const { trailgate } = kit;
    const numbers = Array.from({ length: 50 }, (_, i) => i + 1);
    const event = events.kinesis({ payloads: numbers.map((n) => ({ _trailgate: CARRIER(n), n })) });
    await kit.invoke(
      trailgate.wrap(async () => {
        const working = [...trailgate.records(event)].map(({ run }, i) =>
          run(async () => {
            const n = i + 1;
            trailgate.log.appendKeys({ n });
            trailgate.setIdentity({ user: `u${n}`, tenant: `t${n}` });
            for (let step = 0; step < n % 7; step++) await tick();
            trailgate.log.info(`order-${n}`);
            trailgate.trail.denied({ target: `order-${n}`, reason: 'no' });
            await tick();
            expect(trailgate.outgoingHeaders()['x-correlation-id']).toBe(`order-${n}`);
          }),
        );
        await Promise.all(working);
      }),
      event,
    );
    expect(kit.logs.length).toBe(50);
    for (const { message, correlation_id, user, tenant, fields } of kit.logs) {
      const n = Number(message.slice('order-'.length));
      expect([correlation_id, user?.id, tenant, fields]).toEqual([message, `u${n}`, `t${n}`, { n }]);
    }
    for (const { target, correlation_id } of kit.trail) expect(correlation_id).toBe(target);
  });
});

describe('failures in a batch', () => {
  async function works(
    work: (trailgate: Trailgate, n: number) => unknown,
    atEnd: () => unknown = () => ({ batchItemFailures: [] }),
  ): Promise<TestTrailgate> {
    const kit = createTestTrailgate({ sampling: { rate: 0 } });
    const { trailgate } = kit;
    const event = events.kinesis({ payloads: NUMBERS.map((n) => ({ _trailgate: CARRIER(n) })) });
    await kit
      .invoke(
        trailgate.wrap(async () => {
          trailgate.log.debug('begin');
          for (const [i, { run }] of [...trailgate.records(event)].entries()) {
            try {
              await run(() => {
                trailgate.log.debug(`record ${i + 1}`);
                return work(trailgate, i + 1);
              });
            } catch {
              // Reported to the platform as a failed item.
            }
          }
          return atEnd();
        }),
        event,
      )
      .catch(() => undefined);
    return kit;
  }
  const broken = new Error('broken');

  test.each([
    [
      'throws',
      (n: number) => {
        if (n === 2) throw broken;
      },
    ],
    ['rejects', async (n: number) => (n === 2 ? Promise.reject(broken) : undefined)],
  ])('the detail of a record that %s is written, and no other', async (_, fail) => {
    const kit = await works((_trailgate, n) => fail(n));
    expect(kit.logs.map(({ message, correlation_id }) => [message, correlation_id])).toEqual([
      ['record 2', 'order-2'],
    ]);
    expect(kit.requests).toEqual([]);
  });

  test('the error of a record is the caller’s own', () => {
    const kit = createTestTrailgate();
    const [scope] = kit.trailgate.records(events.sqs());
    expect(() =>
      scope?.run(() => {
        throw broken;
      }),
    ).toThrow(broken);
  });

  test('of the whole invocation write everything once, each line under its record', async () => {
    const kit = await works(
      (_trailgate, n) => (n === 2 ? Promise.reject(broken) : undefined),
      () => Promise.reject(new Error('all broken')),
    );
    expect(kit.logs.map(({ message, record }) => [message, record !== undefined])).toEqual([
      ['record 2', true],
      ['begin', false],
      ['record 1', true],
      ['record 3', true],
    ]);
    expect(
      kit.logs.map(({ correlation_id }) => correlation_id).filter((id) => id?.startsWith('order-')),
    ).toEqual(['order-2', 'order-1', 'order-3']);
    expect(kit.requests).toMatchObject([{ kept: 'error', error: { message: 'all broken' } }]);
  });

  test('outside an invocation a batch can be worked on all the same', () => {
    const { trailgate } = createTestTrailgate();
    const event = events.sqs({ Records: NUMBERS.map(() => ({})) });
    expect([...trailgate.records(event)].map(({ record, run }) => run(() => record))).toEqual(event.Records);
  });
});
