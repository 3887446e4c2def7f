import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { toKinesisEvent } from '../local/event-source/stream-record.ts';
import { FolderQuarantine } from '../local/storage/folder-quarantine.ts';
import {
  asRecord,
  collect,
  lines,
  NOTHING,
  newFolder,
  ORIGIN,
  recordOf,
  root,
  run,
} from './quarantine-scene.ts';

describe('trailgate quarantine list and show', () => {
  test('list counts by reason, and filters', async () => {
    const data = newFolder();
    const event = toKinesisEvent(
      [recordOf(1, 'a', lines(520, 'poison')), asRecord(2, Buffer.from('noise'))],
      ORIGIN,
    );
    await collect(data, event, /poison/);
    const all = await run('list', '--data', data);
    expect(all.code).toBe(0);
    expect(all.out).toMatch(/ 521 {2}kept, \d+ bytes\n +520 {2}index: mapper_parsing_exception\n +1 {2}/);
    expect(all.out.split('\n').filter((line) => line.startsWith('2026-11-23T10:00:00Z'))).toHaveLength(521);
    const json = async (...args: readonly string[]): Promise<unknown> =>
      JSON.parse((await run('list', '--data', data, '--json', ...args)).out.split('\n').at(-1) ?? '');
    expect(await json()).toMatchObject({ kept: 521, reasons: { 'index: mapper_parsing_exception': 520 } });
    expect(await json('--reason', 'JSON')).toMatchObject({ kept: 1 });
    expect(await json('--group', '/aws/lambda/orders')).toMatchObject({ kept: 520 });
    expect(await json('--since', '2026-11-23T10:00:01Z')).toMatchObject({ kept: 0 });
    expect(await json('--since', '2026-11-23')).toMatchObject({ kept: 521 });
  });

  test('a hostile log cannot drive the terminal, nor pass for what the command says', async () => {
    const data = newFolder();
    const message = 'poison \u001b]0;owned\u0007\u001b[2J\r\n     0  kept\u202e\u0085\u200b\ud800 é';
    const event = toKinesisEvent(
      [
        recordOf(1, '\u001b[31m\u2028', [{ message, id: '1' }]),
        asRecord(2, Buffer.from([0x1b, 0x5b, 0x32, 0x4a, 0xff])),
      ],
      ORIGIN,
    );
    await collect(data, event, /poison/);
    const entries = await new FolderQuarantine(join(data, 'quarantine')).list();
    const outputs = [await run('list', '--data', data), await run('list', '--data', data, '--json')];
    for (const { id } of entries) {
      outputs.push(await run('show', id, '--data', data), await run('show', id, '--data', data, '--json'));
    }
    for (const { out } of outputs) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028\u202e]/);
    }
    const line = entries.find(({ origin }) => origin.eventId === '1');
    const shown = await run('show', line?.id ?? '', '--data', data);
    expect(shown.out).toContain('reason      index: mapper_parsing_exception');
    expect(shown.out).toContain(
      '  | poison \\e]0;owned\\u{7}\\e[2J\\r\n  |      0  kept\\u{202e}\\u{85}\\u{200b}',
    );
    expect(shown.out).toContain('log stream  \\e[31m\\u{2028}');
    const record = entries.find(({ origin }) => origin.eventId === '');
    expect((await run('show', record?.id ?? '', '--data', data)).out).toContain('1b 5b 32 4a ff');
    const json = await run('show', line?.id ?? '', '--data', data, '--json');
    expect(JSON.parse(json.out)).toMatchObject({ is: 'entry', entry: line });
  });

  test('gzip is shown inflated, as far as it goes', async () => {
    const data = newFolder();
    const whole = gzipSync('a long text that is cut off here '.repeat(2_000));
    await collect(data, toKinesisEvent([asRecord(1, whole.subarray(0, whole.length - 20))], ORIGIN), NOTHING);
    const [entry] = await new FolderQuarantine(join(data, 'quarantine')).list();
    const { out } = await run('show', entry?.id ?? '', '--data', data);
    expect(out).toMatch(/gzip; what inflates of it, \d+ bytes:\n {2}\| a long text that is cut off here/);
    expect(out).toMatch(/and \d+ more bytes/);
  });
});

describe('trailgate quarantine, called as it cannot be', () => {
  const data = newFolder();
  writeFileSync(join(root, 'a file'), '');
  test.each([
    [[], 'quarantine: expected list, show, replay, got ""'],
    [['list'], 'expected --data DIR or --s3 s3://BUCKET/PREFIX, got neither'],
    [['list', '--data', data, '--s3', 's3://kept'], 'got both'],
    [['list', '--data', join(root, 'no such folder')], '--data: expected a stack'],
    [['list', '--data', join(root, 'a file')], '--data: expected a stack'],
    [['list', '--s3', 'https://kept.s3.amazonaws.com'], '--s3: expected s3://BUCKET'],
    [['list', '--s3', 's3://kept', '--endpoint', 'nowhere'], '--endpoint: expected a URL'],
    [['list', 'id', '--data', data], 'quarantine list: expected no ids, got 1'],
    [['list', '--data', data, '--since', 'yesterday'], '--since: expected a time like'],
    [['show', '--data', data], 'quarantine show: expected one id, got 0'],
    [['show', 'nobody', '--data', data], 'expected the id of something that is kept, got "nobody"'],
    [['show', '../../etc/passwd', '--data', data], 'expected the id of something that is kept'],
    [['replay', '--data', data], 'expected ids or --all, got neither'],
    [['replay', 'id', '--all', '--data', data], 'expected ids or --all, got both'],
    [['replay', '--all', '--s3', 's3://kept'], 'expected --index FILE.sqlite or --url OPENSEARCH_URL'],
    [
      ['replay', '--all', '--data', data, '--index', 'a', '--url', 'b'],
      'expected --index or --url, got both',
    ],
    [['replay', '--all', '--data', data, '--rate', 'fast'], '--rate: expected a whole number'],
    [['replay', '--all', '--data', data, '--index', join(root, 'none', 'x')], '--index: expected a file in'],
    [['replay', '--all', '--data', data, '--url', 'nowhere'], 'url: expected one that begins with http'],
  ])('%j', async (args, said) => {
    const refusal = await run(...args).catch((error: Error & { code?: string }) => error);
    expect(refusal).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) });
    expect((refusal as Error).message).toContain(said);
    expect((refusal as Error).message).not.toContain('\n');
  });

  test('an id that is not kept is named, with exit code 1', async () => {
    const { code, out } = await run('replay', 'nobody', '--data', data);
    expect(code).toBe(1);
    expect(out).toContain('not kept, or replayed before: nobody');
  });
});
