import type { PutRecordsInput } from '@aws-sdk/client-kinesis';
import { SIGNAL_VERSION, type Signal, type SignalBatch } from '@trailgate/sdk/wire';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { putAnswer, scriptedKinesis } from '../testing/scripted-kinesis.ts';
import { createKinesisSignals, SignalsNotPutError } from './kinesis-signals.ts';
import { partitionKey } from './signal-entries.ts';

const QUICK = { sleep: async (): Promise<void> => undefined, random: () => 0.5 };

function tick(position: number, stream = 's'): Signal {
  return { kind: 'tick', at: 1, from: { stream, position: String(position) } };
}

function batch(key: string, ...signals: readonly Signal[]): SignalBatch {
  return { v: SIGNAL_VERSION, key, signals };
}

/** Collects what was accepted, by key and in order of acceptance. */
function stream(accepts: (call: number, position: number) => boolean) {
  const calls: PutRecordsInput[] = [];
  const accepted: SignalBatch[] = [];
  const client = scriptedKinesis<PutRecordsInput>((input) => {
    calls.push(input);
    for (const [position, entry] of (input.Records ?? []).entries()) {
      if (accepts(calls.length, position))
        accepted.push(JSON.parse(Buffer.from(entry.Data ?? []).toString()));
    }
    return putAnswer(input, (position) => accepts(calls.length, position));
  });
  return { calls, accepted, port: createKinesisSignals(client, 'signals', QUICK) };
}

test('a batch is one record under its key', async () => {
  const { calls, accepted, port } = stream(() => true);
  await port.put([batch('a', tick(1), tick(2)), batch('b', tick(3))]);
  expect(
    calls.map(({ StreamName, Records }) => [StreamName, Records?.map(({ PartitionKey }) => PartitionKey)]),
  ).toEqual([['signals', ['a', 'b']]]);
  expect(accepted).toEqual([batch('a', tick(1), tick(2)), batch('b', tick(3))]);
});

test('a record that is refused is sent again alone', async () => {
  const { calls, accepted, port } = stream((call, position) => call > 1 || position !== 1);
  await port.put([batch('a', tick(1)), batch('b', tick(2)), batch('c', tick(3))]);
  expect(calls.map(({ Records }) => Records?.length)).toEqual([3, 1]);
  expect(accepted.map(({ key }) => key)).toEqual(['a', 'c', 'b']);
});

test('a call carries at most 500 records', async () => {
  const { calls, port } = stream(() => true);
  await port.put(Array.from({ length: 1_201 }, (_, n) => batch(`k${n}`, tick(n))));
  expect(calls.map(({ Records }) => Records?.length)).toEqual([500, 500, 201]);
});

test('a stream that goes on refusing rejects the put', async () => {
  const { port } = stream(() => false);
  await expect(port.put([batch('a', tick(1))])).rejects.toThrow(SignalsNotPutError);
  await expect(port.put([batch('a', tick(1))])).rejects.toThrow('ProvisionedThroughputExceededException');
});

test('a batch that is too large for a record is cut, and its order holds under any refusals', async () => {
  const large = Array.from({ length: 6 }, (_, n) => tick(n, 'x'.repeat(400_000)));
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 0, max: 2 })), async (chance) => {
      const fates = new Map<string, boolean>();
      const { calls, accepted, port } = stream((call, position) => {
        const at = `${call}/${position}`;
        const fate = fates.get(at) ?? (call % 4 === 0 || chance.next().value > 0);
        fates.set(at, fate);
        return fate;
      });
      await port.put([batch('a', ...large), batch('b', tick(1))]);
      const ofKey = accepted.filter(({ key }) => key === 'a').flatMap(({ signals }) => signals);
      expect(ofKey.map(({ from }) => from.position)).toEqual(['0', '1', '2', '3', '4', '5']);
      for (const { Records = [] } of calls) {
        for (const { Data } of Records) expect(Data?.byteLength).toBeLessThanOrEqual(1_048_576 - 256);
      }
    }),
    { numRuns: 10 },
  );
});

test('a key that Kinesis would refuse is hashed, always to the same', () => {
  expect(partitionKey('principal:acme/user:ann')).toBe('principal:acme/user:ann');
  for (const key of ['', 'x'.repeat(300), 'lone \ud800']) {
    expect(partitionKey(key)).toMatch(/^[0-9a-f]{64}$/);
    expect(partitionKey(key)).toBe(partitionKey(key));
  }
});
