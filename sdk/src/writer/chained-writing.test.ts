import { describe, expect, test } from 'vitest';
import { foldedTrailRecord, trailBody } from '../record/trail-record.ts';
import { createRedaction } from '../redaction/redaction.ts';
import { MAX_LINE_BYTES, type Rollup, type TrailBody } from '../wire/record.ts';
import { verifyTrail } from '../wire/trail-chain-verify.ts';
import { type PendingRecord, RecordWriter } from './record-writer.ts';

const REDACTION = createRedaction();
const TIME = '2026-11-22T10:00:00.000Z';
const KEY = new Uint8Array(32).fill(1);
const rollup: Rollup = {
  since: TIME,
  invocations: 1,
  requests: [],
  latency: [],
  counters: [],
  principals: [],
};

function trail(target: string, fields?: object): PendingRecord {
  const body = trailBody({ action: 'authz_admin', target, fields }, undefined, 'orders', REDACTION);
  return foldedTrailRecord({ event: body, count: 1, of: 'one', names: [] }, TIME);
}

const ROLLUP: PendingRecord = {
  level: 'INFO',
  timestamp: TIME,
  channel: 'business',
  kind: 'rollup',
  weight: 1,
  tail: `,${JSON.stringify({ message: 'counted', service: { name: 'orders' }, rollup }).slice(1)}\n`,
};

function written(): { readonly writer: RecordWriter; readonly lines: () => string[] } {
  let text = '';
  const writer = new RecordWriter('00000000000000aa', (more) => {
    text += more;
  });
  return { writer, lines: () => text.trimEnd().split('\n') };
}

describe('the records of the trail, as they are written', () => {
  test('are linked in the order of the lines, and a rollup names the last one of the same write', () => {
    const { writer, lines } = written();
    writer.write([ROLLUP, trail('a')]);
    writer.write([trail('b'), ROLLUP]);
    const [first, a, b, last] = lines().map((line) => JSON.parse(line) as TrailBody & { rollup?: Rollup });
    expect(first?.rollup?.chain).toBeUndefined();
    expect([a?.chain?.n, b?.chain?.n]).toEqual([0, 1]);
    expect(b?.chain?.prev).toBe(a?.chain?.hash);
    expect(last?.rollup?.chain).toEqual({ records: 2, hash: b?.chain?.hash });
    expect(verifyTrail(lines())).toMatchObject({ ok: true, records: 2 });
  });

  test('are linked with the key as soon as there is one, and it stays the same', () => {
    const { writer, lines } = written();
    writer.write([trail('a')]);
    writer.chain.anchor('k1', KEY);
    writer.chain.anchor('k2', new Uint8Array(32));
    writer.write([trail('b')]);
    const links = lines().map((line) => (JSON.parse(line) as TrailBody).chain?.key);
    expect(links).toEqual([undefined, 'k1']);
    expect(verifyTrail(lines(), { keys: (id) => (id === 'k1' ? KEY : undefined) }).ok).toBe(true);
  });

  test('show which are missing when the output failed', () => {
    let broken = false;
    let text = '';
    const writer = new RecordWriter('00000000000000aa', (more) => {
      if (broken) throw new Error('no space left');
      text += more;
    });
    for (const [at, name] of ['a', 'b', 'c'].entries()) {
      broken = at === 1;
      writer.write([trail(name)]);
    }
    expect(verifyTrail(text.trimEnd().split('\n')).instances[0]?.findings).toMatchObject([
      { problem: 'removed', from: 1, to: 1 },
    ]);
  });

  test.each([
    ['control characters', { big: '\u0000'.repeat(100_000) }],
    ['numbers', { list: Array.from({ length: 100_000 }, () => Number.MIN_VALUE) }],
    ['lone surrogates and the prototype', JSON.parse('{"__proto__":{"a":"\\ud800"},"10":1,"2":2}')],
  ])('fit a line and are intact with %s among their fields', (_, fields) => {
    const { writer, lines } = written();
    writer.chain.anchor('k'.repeat(256), KEY);
    writer.write([trail('x'.repeat(5000), fields)]);
    expect(Buffer.byteLength(lines()[0] ?? '')).toBeLessThanOrEqual(MAX_LINE_BYTES);
    expect(verifyTrail(lines(), { keys: () => KEY })).toMatchObject({ ok: true, records: 1 });
  });
});
