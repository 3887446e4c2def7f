import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCollector } from '../collector.ts';
import { cloudTrailEvent, REST_CLF, refusedAccessLog, wafLog } from '../testing/edge-lines.ts';
import { gzipped, subscription } from '../testing/kinesis-event.ts';
import { MemoryIndex } from '../testing/memory-index.ts';
import { memoryPorts, NOW } from '../testing/memory-ports.ts';
import { GOOD_REPORT_TEXT, REPORT_TEXT, reportJson } from '../testing/platform-lines.ts';
import { logLine, trailLine } from '../testing/sdk-lines.ts';
import { type ReplayAccount, type ReplayItem, replayBatches } from './replay-batches.ts';

const OPTIONS = { group: '/aws/lambda/orders', now: NOW };

/** Replays a file into an index and adds up what became of its lines. */
async function replay(bytes: Uint8Array, index = new MemoryIndex(), options = OPTIONS) {
  const ports = memoryPorts(index);
  const collect = createCollector(ports);
  const items: ReplayItem[] = [];
  const run = replayBatches({ name: 'app.log', bytes }, options);
  let account: ReplayAccount | undefined;
  while (account === undefined) {
    const { done, value } = run.next();
    if (done) account = value;
    else {
      items.push(value);
      if (value.kind === 'event') await collect(value.event);
    }
  }
  const total = (field: 'business' | 'trail' | 'platform' | 'quarantined'): number =>
    ports.summaries.reduce((sum, summary) => sum + summary[field], 0);
  const asides = items.flatMap((item) => (item.kind === 'quarantine' ? [item.entry] : []));
  const documents = total('business') + total('trail');
  return {
    index,
    ports,
    account,
    asides,
    documents,
    platform: total('platform'),
    quarantined: total('quarantined'),
  };
}

const text = (...lines: readonly string[]): Uint8Array => Buffer.from(lines.join('\n'));

describe('replay', () => {
  test('JSON, text, platform and SDK lines go where they would have gone live', async () => {
    const torn = logLine(2).slice(0, -4);
    const done = await replay(
      text(
        logLine(1),
        trailLine(3),
        reportJson('success', true),
        GOOD_REPORT_TEXT.trim(),
        '{"a":1}',
        'x',
        torn,
      ),
    );
    expect(done).toMatchObject({
      documents: 4,
      platform: 2,
      quarantined: 1,
      account: { lines: 7, carried: 7 },
    });
  });

  test.each([
    ['LF', 'a\nb\n', 2],
    ['CRLF', 'a\r\nb\r\n', 2],
    ['no final line break', 'a\nb', 2],
    ['blank lines', '\n\r\na\n\n\nb\n\n', 2],
    ['nothing', '', 0],
    ['a byte order mark', '\ufeff{"message":"a"}', 1],
  ])('reads a file with %s', async (_, content, count) => {
    const done = await replay(Buffer.from(content));
    expect(done.account).toEqual({ lines: count, carried: count, quarantined: 0 });
    expect(done.index.all('').map(({ message }) => message)).toEqual(['a', 'b'].slice(0, count));
  });

  test('a gzip file gives the documents of the plain one', async () => {
    const plain = text(logLine(1), '2026-11-20 08:00:00,123 INFO hello', 'at line 2');
    expect((await replay(gzipSync(plain))).index.documents).toEqual((await replay(plain)).index.documents);
  });

  test('a gzip file that is cut off is set aside whole', async () => {
    const bytes = gzipSync(text('a')).subarray(0, 12);
    const done = await replay(bytes);
    expect(done.account).toEqual({ lines: 1, carried: 0, quarantined: 1 });
    expect(done.asides).toMatchObject([
      { reason: 'gzip: ends before its end', raw: Buffer.from(bytes).toString('base64') },
    ]);
  });

  test('a CloudTrail file gives an event each, whatever group it is said to be from', async () => {
    const events = [cloudTrailEvent(), cloudTrailEvent({ eventName: 'StopLogging' }), cloudTrailEvent()];
    const options = { group: 'replay', now: NOW };
    const file = Buffer.from(`{"Records":[${events.join(',')}]}`);
    for (const bytes of [file, gzipSync(file), Buffer.from(JSON.stringify(JSON.parse(`${file}`), null, 2))]) {
      const done = await replay(bytes, new MemoryIndex(), options);
      expect(done.account).toEqual({ lines: 3, carried: 3, quarantined: 0 });
      expect(done.index.all('trail-').map(({ event }) => (event as { code: string }).code)).toEqual([
        'CreateUser',
        'StopLogging',
        'CreateUser',
      ]);
    }
  });

  test('a CloudTrail file that is cut off gives its whole events and sets the rest aside, without its secrets', async () => {
    const secret = `"password":"${'s3cr3t'.repeat(5)}"`;
    const bytes = Buffer.from(`{"Records":[${cloudTrailEvent()},{"eventID":1,${secret}`);
    const done = await replay(bytes, new MemoryIndex(), { group: 'replay', now: NOW });
    expect(done.account).toEqual({ lines: 2, carried: 1, quarantined: 1 });
    expect(done.asides).toMatchObject([{ reason: 'CloudTrail file: broken after 1 events', redacted: true }]);
    expect(Buffer.from(done.asides[0]?.raw ?? '', 'base64').toString()).not.toContain('s3cr3t');
  });

  test('lines that no event can carry are set aside with their bytes', async () => {
    const bad = Buffer.from([0x61, 0xff]);
    const huge = Buffer.alloc(1_048_577, 0x78);
    const done = await replay(Buffer.concat([text('a', ''), bad, text('', ''), huge, text('', 'b')]));
    expect(done.account).toEqual({ lines: 4, carried: 2, quarantined: 2 });
    expect(done.asides).toMatchObject([
      { reason: 'not UTF-8 at byte 1', raw: bad.toString('base64') },
      { reason: 'oversize: more than 1048576 bytes' },
    ]);
  });

  test('a line keeps its own time, and one without takes that of the line before', async () => {
    const done = await replay(
      text('first', '2026-10-01T08:00:00+02:00 hello', '  at stack', '{"time":1760000000,"message":"m"}'),
    );
    expect(done.index.all('').map((document) => [document.message, document['@timestamp']])).toEqual([
      ['first', '2026-11-22T10:00:00.000Z'],
      ['2026-10-01T08:00:00+02:00 hello', '2026-10-01T06:00:00.000Z'],
      ['  at stack', '2026-10-01T06:00:00.000Z'],
      ['m', '2025-10-09T08:53:20.000Z'],
    ]);
    expect([...done.index.documents.keys()].filter((path) => path.includes('late'))).toEqual([]);
  });

  const captured = subscription({ messages: ['one', trailLine(0)] });
  test.each([
    ['JSON', Buffer.from(JSON.stringify(captured))],
    ['JSON over many lines', Buffer.from(JSON.stringify(captured, null, 2))],
    ['gzip', gzipped(captured)],
    ['base64 of gzip', Buffer.from(Buffer.from(gzipped(captured)).toString('base64'))],
    [
      'base64 of JSON in short lines',
      Buffer.from(
        (
          Buffer.from(JSON.stringify(captured))
            .toString('base64')
            .match(/.{1,76}/g) ?? []
        ).join('\n'),
      ),
    ],
    ['one record a line', text(JSON.stringify(captured), JSON.stringify(captured))],
  ])('a captured subscription record as %s gives the documents that it gave live', async (_, bytes) => {
    const done = await replay(bytes);
    expect(done.index.documents.size).toBe(2);
    expect(done.index.all('trail-')).toMatchObject([{ cloud: { account: { id: '123456789012' } } }]);
    expect(done.account?.quarantined).toBe(0);
  });

  test('the lines of any file are accounted for, and a second replay changes nothing', async () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }).map((value) => Buffer.from(value)),
      fc.uint8Array({ maxLength: 12 }).map((value) => Buffer.from(value)),
      fc.nat(99).map((n) => Buffer.from(trailLine(n))),
      fc.json().map((value) => Buffer.from(value)),
      fc
        .constantFrom(
          REPORT_TEXT,
          wafLog(),
          cloudTrailEvent(),
          refusedAccessLog(401, 'UNAUTHORIZED'),
          REST_CLF,
        )
        .map((text) => Buffer.from(text)),
      fc
        .array(fc.constantFrom(cloudTrailEvent(), wafLog(), '{}', '1'), { maxLength: 4 })
        .map((records) => Buffer.from(`{"Records":[${records.join(',')}]}`)),
    );
    const group = fc.constantFrom('/aws/lambda/orders', 'replay', 'aws-waf-logs-x');
    const file = fc
      .array(line)
      .map((lines) => Buffer.concat(lines.flatMap((bytes) => [bytes, Buffer.from('\n')])));
    await fc.assert(
      fc.asyncProperty(file, group, async (bytes, name) => {
        const options = { group: name, now: NOW };
        const first = await replay(bytes, new MemoryIndex(), options);
        expect(first.account.lines).toBe(
          first.documents + first.platform + first.quarantined + first.account.quarantined,
        );
        const before = new Map(first.index.documents);
        const again = await replay(bytes, first.index, options);
        expect(again.index.documents).toEqual(before);
        expect(again.account).toEqual(first.account);
        expect(again.asides).toEqual(first.asides);
      }),
      { numRuns: 100 },
    );
  });
});
