import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createCollector, replayBatches } from '@trailgate/collectors';
import { createTrailgate } from '@trailgate/sdk';
import type { TrailReport } from '@trailgate/sdk/wire';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SqliteIndex } from '../local/index/sqlite-index.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailgate-trail-'));
const path = (name: string): string => join(folder, name);
const KEY = 'k'.repeat(40);
let lines: string[] = [];

beforeAll(() => {
  let text = '';
  const trailgate = createTrailgate({
    service: 'orders',
    ports: {
      write: (more) => {
        text += more;
      },
    },
  });
  trailgate.trail.adminAction({ target: 'keys', reason: 'a line end of Unicode: \u2028' });
  trailgate.log.info('between');
  trailgate.trail.event('authn_login_fail', { user: 'bob', sourceIp: '192.0.2.1', reason: 'wrong password' });
  trailgate.trail.permissionsChanged({ target: 'bob' });
  trailgate.count('orders placed');
  trailgate.flush();
  lines = text.trimEnd().split('\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function verify(...args: readonly string[]): Promise<Ran> {
  const main = join(import.meta.dirname, 'main.ts');
  return new Promise((resolve) => {
    const command = ['--conditions=trail-source', main, 'trail', 'verify', ...args];
    execFile(
      process.execPath,
      command,
      { env: { ...process.env, NO_KEY: '', TRAIL_KEY: KEY } },
      (error, out, err) => {
        resolve({ code: Number(error?.code ?? 0), out, err });
      },
    );
  });
}

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(path(name), content);
  return path(name);
}

const isTrail = (line: string): boolean => line.includes('"kind":"trail"');
const textOf = (some: readonly string[]): string => `${some.join('\n')}\n`;

describe('trailgate trail verify', () => {
  test('finds intact what is intact, in every form that logs are kept in', async () => {
    const objects = lines.map((line) => JSON.parse(line) as object);
    const message = lines.map((line) => ({ message: line, timestamp: 1 }));
    const exported = lines.map((line) => `2026-11-22T20:15:30.000Z ${line}`);
    const tailed = lines.map((line) => `2026-11-22T20:15:30.123000+00:00 2026/11/22/[$LATEST]ab ${line}`);
    const forms = [
      file('plain.jsonl', textOf(lines)),
      file('crlf.jsonl', lines.join('\r\n')),
      file('plain.jsonl.gz', gzipSync(textOf(lines))),
      file('export.log', textOf(['START RequestId: 1', ...exported])),
      file('tail.log', textOf(tailed)),
      file('list.json', JSON.stringify(objects, undefined, 2)),
      file('search.json', JSON.stringify({ hits: { hits: objects.map((_source) => ({ _source })) } })),
      file('events.json', JSON.stringify({ events: message }, undefined, 2)),
    ];
    const ran = await Promise.all(forms.map((form) => verify(form, '--json')));
    for (const [at, { code, out, err }] of ran.entries()) {
      expect({ form: forms[at], code, err }).toEqual({ form: forms[at], code: 0, err: '' });
      expect(JSON.parse(out) as TrailReport).toMatchObject({ ok: true, records: 3 });
    }
  });

  test('says what was done to it, and exits with 1', async () => {
    const [first = '', , ...rest] = lines.filter(isTrail);
    const removed = file('removed.jsonl', textOf(lines.filter((line) => !line.includes('"n":1,'))));
    const changed = file('changed.jsonl', textOf(lines).replace('wrong password', 'right password'));
    const swapped = file('swapped.jsonl', textOf([...rest, first]));
    const results = await Promise.all([removed, changed, swapped].map((name) => verify(name)));
    expect(results.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(results[0]?.out).toContain('removed (position 1): 1 record missing');
    expect(results[1]?.out).toMatch(/changed \(position 1, input \d\): its hash does not fit what it says/);
    expect(results[2]?.out).toContain('reordered (position 0, input 2)');
    expect(results[0]?.out).toMatch(/NOT intact: 1 of 1 instance$/m);
  });

  test('finds an input without a trail not intact: all of it may have been removed', async () => {
    const { code, out } = await verify(
      file('none.jsonl', textOf(lines.filter((line) => line.includes('"log"')))),
    );
    expect(code).toBe(1);
    expect(out).toContain('there is no trail in it');
  });

  test('asks for a key where one is given, and for more than one that is a few bytes', async () => {
    const plain = file('keyed.jsonl', textOf(lines));
    const [unkeyed, short, both] = await Promise.all([
      verify(plain, '--key-file', file('key', `${'k'.repeat(32)}\n`)),
      verify(plain, '--key-file', file('short', `${'k'.repeat(31)}\n`)),
      verify(plain, '--key-file', 'a', '--key-env', 'NO_KEY'),
    ]);
    expect(unkeyed).toMatchObject({ code: 1 });
    expect(unkeyed?.out).toContain('unkeyed (positions 0 to 2)');
    expect(short).toMatchObject({ code: 2, err: expect.stringContaining('32 bytes or more, got 31') });
    expect(both).toMatchObject({ code: 2 });
  });

  test('checks with the key of a file or of the environment, and finds nothing proved by another', async () => {
    let text = '';
    const trailgate = createTrailgate({
      service: 'orders',
      trailKey: { id: 'k1', load: async () => Buffer.from(KEY) },
      ports: {
        write: (more) => {
          text += more;
        },
      },
    });
    const handler = trailgate.wrap(async () => trailgate.trail.adminAction({ target: 'keys' }));
    await handler({}, { functionName: 'orders', awsRequestId: '1' });
    trailgate.flush();
    const keyed = file('with-key.jsonl', text);
    const ran = await Promise.all([
      verify(keyed, '--key-file', file('right-key', `${KEY}\n`)),
      verify(keyed, '--key-env', 'TRAIL_KEY'),
      verify(keyed, '--key-file', file('wrong-key', 'x'.repeat(40))),
      verify(keyed),
    ]);
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 1, 1]);
    expect(ran[0]?.out).toContain('key k1');
    expect(ran[2]?.out).toContain('changed (position 0');
    expect(ran[3]?.out).toContain('unchecked (position 0)');
  });

  test('exits with 2 where it was called wrongly', async () => {
    const ran = await Promise.all([
      verify(),
      verify(path('not-there')),
      verify('--data', path('not-there')),
      verify('--key-env', 'NO_KEY', path('plain.jsonl')),
    ]);
    expect(ran.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
  });

  test('finds the documents of a collector intact, and one that was changed in the index', async () => {
    const index = new SqliteIndex(path('index.sqlite'));
    const collect = createCollector({
      index,
      quarantine: { put: async () => {} },
      signals: { put: async () => {} },
      clock: Date.now,
      sleep: async () => {},
      random: Math.random,
      observe: () => {},
    });
    const input = { name: 'x', bytes: Buffer.from(textOf(lines)) };
    for (const item of replayBatches(input, { group: '/aws/lambda/orders-fn', now: Date.now() })) {
      if (item.kind === 'event') await collect(item.event);
    }
    expect(index.count('trail-')).toBe(3);
    const documents = [...index.all()].map(({ source }) => source);
    index.close();
    const changed = documents.map((source) => source.replace('wrong password', 'right password'));
    const [kept, tampered] = await Promise.all([
      verify('--data', folder),
      verify(file('documents.jsonl', textOf(changed))),
    ]);
    expect(kept?.out).toMatch(/intact$/m);
    expect(kept).toMatchObject({ code: 0 });
    expect(tampered).toMatchObject({ code: 1 });
  });
});
