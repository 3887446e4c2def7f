import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { failureRecord } from '../local/event-source/failure-record.ts';
import { toKinesisEvent } from '../local/event-source/stream-record.ts';
import { FolderFailures } from '../local/storage/folder-failures.ts';
import { FolderQuarantine } from '../local/storage/folder-quarantine.ts';
import {
  asRecord,
  collect,
  documentsIn,
  kept,
  lines,
  NOTHING,
  NOW,
  newFolder,
  ORIGIN,
  recordOf,
  run,
} from './quarantine-scene.ts';
import { openTarget } from './quarantine-target.ts';

test.each([
  ['https://abc.eu-west-1.aoss.amazonaws.com', 'month'],
  ['https://search-abc.eu-west-1.es.amazonaws.com', 'day'],
  ['http://localhost:9200', 'day'],
])('an index at %s is taken to be of a %s', (url, period) => {
  const target = openTarget(url, undefined, () => 0);
  expect(target.indexPeriod).toBe(period);
  target.close();
});

describe('trailgate quarantine replay', () => {
  test('lines that an index refused are indexed as if it never had, once, and a second replay finds nothing', async () => {
    const event = toKinesisEvent(
      [
        recordOf(1, 'a', lines(30, 'poison')),
        recordOf(2, 'b', [...lines(20, 'good'), ...lines(5, 'poison')]),
      ],
      ORIGIN,
    );
    const [data, reference] = [newFolder(), newFolder()];
    await collect(data, event, /poison/);
    await collect(reference, event, NOTHING);
    expect([documentsIn(data).length, kept(data, 'quarantine')]).toEqual([20, 35]);

    const dry = await run('replay', '--all', '--dry-run', '--data', data);
    expect(dry).toMatchObject({ code: 0, out: expect.stringMatching(/ 35 {2}would be replayed/) });
    expect([documentsIn(data).length, kept(data, 'quarantine')]).toEqual([20, 35]);

    const first = await run('replay', '--all', '--data', data, '--json');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.out)).toMatchObject({
      ok: true,
      taken: 35,
      replayed: 35,
      again: 0,
      undelivered: 0,
      repeated: 0,
      lines: { read: 35, business: 35, trail: 0, platform: 0, quarantined: 0, undelivered: 0 },
    });
    expect(documentsIn(data)).toEqual(documentsIn(reference));
    expect([kept(data, 'quarantine'), kept(data, 'quarantine', 'replayed')]).toEqual([0, 35]);

    const second = await run('replay', '--all', '--data', data);
    expect(second).toMatchObject({ code: 0, out: expect.stringMatching(/^ +0 {2}taken from quarantine/) });
    // A redelivery of the batch sets them aside once more, and their replay writes nothing new.
    await collect(data, event, /poison/);
    const third = JSON.parse((await run('replay', '--all', '--data', data, '--json')).out) as object;
    expect(third).toMatchObject({ taken: 35, replayed: 35, repeated: 35 });
    expect(documentsIn(data)).toEqual(documentsIn(reference));
  });

  test('what fails again stays with its new reason, and the exit code says so', async () => {
    const data = newFolder();
    const oversize = 'x'.repeat(1_048_577);
    await collect(data, toKinesisEvent([recordOf(1, 'a', [{ message: oversize }])], ORIGIN), NOTHING);
    const quarantined = new FolderQuarantine(join(data, 'quarantine'));
    const [line] = await quarantined.list();
    if (line === undefined) throw new Error('expected an entry');
    await quarantined.put([
      { ...line, id: 'binary', raw: 'gICA', reason: 'old' },
      {
        ...line,
        id: 'record-of-noise',
        raw: Buffer.from('noise').toString('base64'),
        reason: 'old',
        origin: { ...line.origin, eventId: '', logGroup: '', logStream: '', owner: '' },
      },
    ]);
    const { code, out } = await run('replay', '--all', '--data', data);
    expect(code).toBe(1);
    expect(out).toMatch(/ 3 {2}taken[\s\S]* 0 {2}replayed[\s\S]* 3 {2}stay[\s\S]*accounted for/);
    const reasons = Object.fromEntries((await quarantined.list()).map(({ id, reason }) => [id, reason]));
    expect(reasons).toMatchObject({
      [line.id]: expect.stringContaining('oversize'),
      binary: expect.stringContaining('not UTF-8'),
      'record-of-noise': expect.stringContaining('JSON'),
    });
    expect(kept(data, 'quarantine')).toBe(3);
  });

  test('a whole record that can be read now gives its lines, and sets aside those that cannot', async () => {
    const data = newFolder();
    const message = 'y'.repeat(1_048_577);
    const event = toKinesisEvent([recordOf(7, 'a', [...lines(9, 'fine'), { message }])], ORIGIN);
    await collect(data, event, NOTHING, 1_000);
    expect(kept(data, 'quarantine')).toBe(1);
    const { code, out } = await run('replay', '--all', '--data', data, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      taken: 1,
      replayed: 1,
      setAside: 1,
      lines: { read: 10, business: 9, quarantined: 1 },
    });
    const [line] = await new FolderQuarantine(join(data, 'quarantine')).list();
    expect(line).toMatchObject({
      origin: { eventId: '70009', kinesis: { shardId: ORIGIN.shardId, sequenceNumber: '7' } },
    });
    expect(documentsIn(data)).toHaveLength(9);
  });

  test('a batch that Lambda gave up is taken as it was; one of another function stays', async () => {
    const [data, reference] = [newFolder(), newFolder()];
    const records = [recordOf(1, 'a', lines(12, 'late')), recordOf(2, 'b', lines(3, 'late'))];
    const given = { condition: 'RetryAttemptsExhausted', invocations: 4, functionError: true } as const;
    const failures = new FolderFailures(join(data, 'failures'));
    await failures.put(failureRecord({ records, ...given }, ORIGIN, 'one', NOW));
    const signals = [asRecord(9, Buffer.from('{"signals":[]}'))];
    const detector = { ...ORIGIN, functionName: 'detector', streamArn: `${ORIGIN.streamArn}-signals` };
    await failures.put(failureRecord({ records: signals, ...given }, detector, 'two', NOW));
    await collect(reference, toKinesisEvent(records, ORIGIN), NOTHING);

    const first = await run('replay', '--all', '--data', data);
    expect(first.code).toBe(1);
    expect(first.out).toMatch(/ 1 {2}replayed[\s\S]*because: not one of 1 records is for the collector/);
    expect(documentsIn(data)).toEqual(documentsIn(reference));
    expect([kept(data, 'failures'), kept(data, 'failures', 'replayed'), kept(data, 'quarantine')]).toEqual([
      1, 1, 0,
    ]);
    const [id] = /batch-[\w-]{22}/.exec((await run('list', '--data', data)).out) ?? [];
    expect((await run('replay', id ?? '', '--data', data)).code).toBe(1);
    expect(documentsIn(data)).toEqual(documentsIn(reference));
  });

  test('goes to OpenSearch too, into the indices of its collector', async () => {
    const [data, again] = [newFolder(), newFolder()];
    for (const folder of [data, again]) {
      await collect(folder, toKinesisEvent([recordOf(1, 'a', lines(3, 'poison'))], ORIGIN), /poison/);
    }
    const written: string[] = [];
    const server = createServer(async (request, response) => {
      const body = (await request.toArray()).join('').trimEnd().split('\n');
      const creates = body.filter((_, at) => at % 2 === 0).map((line) => JSON.parse(line).create);
      written.push(...creates.map(({ _index }) => _index));
      const items = creates.map(({ _id, _index }) => ({ create: { _id, _index, status: 201 } }));
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ errors: false, items }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
      const { code, out } = await run('replay', '--all', '--data', data, '--url', url);
      expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(`indexed in ${url}`) });
      expect(written).toEqual(Array(3).fill('business-2026.11.21'));
      await run('replay', '--all', '--data', again, '--url', url, '--index-period', 'month');
      expect(written.slice(3)).toEqual(Array(3).fill('business-2026.11'));
      await expect(
        run('replay', '--all', '--data', again, '--url', url, '--index-period', 'year'),
      ).rejects.toThrow('--index-period: expected day, month, got "year"');
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('killed in the middle and run again: nothing twice, nothing lost', async () => {
    const event = toKinesisEvent([recordOf(1, 'a', lines(160, 'poison'))], ORIGIN);
    const [data, reference] = [newFolder(), newFolder()];
    await collect(data, event, /poison/);
    await collect(reference, event, NOTHING);
    const script = `
      const { quarantine } = await import(${JSON.stringify(join(import.meta.dirname, 'quarantine.ts'))});
      await quarantine(['replay', '--all', '--data', ${JSON.stringify(data)}, '--rate', '25/s']);`;
    for (let kill = 1; kill <= 2; kill++) {
      const before = kept(data, 'quarantine', 'replayed');
      const child = spawn(
        process.execPath,
        ['--conditions=trail-source', '--input-type=module', '-e', script],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      );
      const ended = new Promise((resolve) => child.once('exit', resolve));
      while (kept(data, 'quarantine', 'replayed') === before && child.exitCode === null) await sleep(5);
      child.kill('SIGKILL');
      await ended;
    }
    const done = kept(data, 'quarantine', 'replayed');
    expect(done).toBeGreaterThan(0);
    expect(done + kept(data, 'quarantine')).toBe(160);
    expect(done).toBeLessThan(160);
    expect((await run('replay', '--all', '--data', data)).code).toBe(0);
    expect(documentsIn(data)).toEqual(documentsIn(reference));
    expect(kept(data, 'quarantine')).toBe(0);
  });
});
