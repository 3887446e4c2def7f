/** What an operator does when the world is well again: brings back what was given up, and what quarantine may now let go. */
import { gzipSync } from 'node:zlib';
import type { QuarantineEntry } from '@trailgate/collectors';
import type { KinesisStreamEvent } from 'aws-lambda';
import { toKinesisEvent } from '../../../infra/local/event-source/stream-record.ts';
import type { Violation } from '../judge/violation.ts';
import { FunctionProcess } from '../schedule/function-process.ts';
import type { World } from './world.ts';

/** Every on-failure object once, as the event that it holds. */
export async function replayGivenUp(world: World): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  for (const [n, { failure }] of world.givenUp.entries()) {
    const event = JSON.parse(failure.payload) as KinesisStreamEvent;
    violations.push(...(await replay(world, `replay ${n + 1}`, event)));
  }
  return violations;
}

/** Every line in quarantine once, as the log event that it was; what is taken now leaves quarantine. */
export async function replayQuarantine(world: World): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  for (const [id, entry] of [...world.quarantine]) {
    // What is no record, or no event, is none the next time either.
    if (id.startsWith('record-') || entry.reason.startsWith('log event')) continue;
    world.quarantine.delete(id);
    violations.push(...(await replay(world, `replay of ${id}`, eventOf(entry))));
  }
  return violations;
}

async function replay(world: World, name: string, event: KinesisStreamEvent): Promise<readonly Violation[]> {
  const process = new FunctionProcess(`collector ${name}`);
  world.watch.onInvocation(process, []);
  let answer: unknown;
  void world
    .startCollector(process)(event, { getRemainingTimeInMillis: () => 60_000 })
    .then((response) => {
      answer = response;
    });
  await world.timeline.run();
  const done = JSON.stringify(answer) === '{"batchItemFailures":[]}';
  return done ? [] : [{ promise: 'replay', what: `${name}: ${JSON.stringify(answer)}` }];
}

function eventOf({ origin, raw, at }: QuarantineEntry): KinesisStreamEvent {
  const { owner, logGroup, logStream, eventId, time = at, arrival = at } = origin;
  const message = Buffer.from(raw, 'base64').toString();
  const logEvents = [{ id: eventId, timestamp: time, message }];
  const record = {
    messageType: 'DATA_MESSAGE',
    owner,
    logGroup,
    logStream,
    subscriptionFilters: [],
    logEvents,
  };
  return toKinesisEvent(
    [
      {
        sequenceNumber: '1',
        partitionKey: logStream,
        data: gzipSync(JSON.stringify(record), { level: 1 }).toString('base64'),
        arrivedAt: arrival,
      },
    ],
    {
      shardId: 'shardId-replay',
      streamArn: 'arn:aws:kinesis:eu-central-1:123456789012:stream/logs',
      functionName: 'collector',
    },
  );
}
