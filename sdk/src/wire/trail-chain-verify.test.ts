import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { A, B, forge, isTrail, keys, linesOf, problems, TIME } from './trail-chain.test-data.ts';
import { TrailVerifier, verifyTrail } from './trail-chain-verify.ts';

describe('an intact trail', () => {
  test.each([
    ['without a key', Number.POSITIVE_INFINITY, {}],
    ['with a key from the first record', 0, { keys }],
    ['with a key that came late', 3, { keys }],
  ])('%s is found intact, with its counts', (_, keyFrom, options) => {
    const report = verifyTrail(linesOf(A, 6, keyFrom), options);
    expect(report).toMatchObject({ ok: true, read: 13, records: 6, unreadable: [] });
    expect(report.instances).toMatchObject([
      { instance: A, service: 'orders', records: 6, duplicates: 0, first: TIME, last: TIME, findings: [] },
    ]);
  });

  test('of instances that write in turn raises no alarm, in any interleaving, with repeated deliveries', () => {
    const [a, b] = [linesOf(A, 9, 2), linesOf(B, 9, 0)];
    // Which instance speaks next, and how far back a line is that is delivered again.
    const turn = fc.record({ second: fc.boolean(), again: fc.option(fc.nat(20)) });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 60 }), (turns) => {
        const [left, right] = [[...a], [...b]];
        const mixed: string[] = [];
        for (const { second, again } of turns) {
          const line = (second ? right : left).shift();
          if (line !== undefined) mixed.push(line);
          const before = again === null ? undefined : mixed.at(-1 - again);
          if (before !== undefined) mixed.push(before);
        }
        const report = verifyTrail([...mixed, ...left, ...right], { keys });
        expect(report).toMatchObject({ ok: true, records: 18 });
      }),
    );
  });

  test('in any order is intact where no order was promised', () => {
    const lines = linesOf(A, 12, 4);
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        expect(verifyTrail(shuffled, { keys, ordered: false }).ok).toBe(true);
      }),
    );
  });

  test('counts a line that was delivered twice as that, and as nothing worse', () => {
    const lines = linesOf(A, 4, 0);
    const report = verifyTrail([...lines, ...lines], { keys });
    expect(report).toMatchObject({ ok: true, records: 4, instances: [{ duplicates: 4 }] });
  });
});

describe('what is found without a key', () => {
  const lines = linesOf(A, 5);

  test('is named with its place', () => {
    const report = verifyTrail(lines.filter((_, at) => at !== 2 && at !== 4));
    expect(report.instances[0]?.findings).toEqual([
      { problem: 'removed', from: 1, to: 2, detail: '2 records missing' },
    ]);
    const cut = verifyTrail(lines.filter((_, at) => at !== 8));
    expect(cut.instances[0]?.findings).toMatchObject([{ problem: 'truncated', from: 4, to: 4 }]);
    const changed = verifyTrail(lines.with(2, (lines[2] ?? '').replace('"count":1', '"count":2')));
    expect(changed.instances[0]?.findings).toMatchObject([{ problem: 'changed', from: 1, to: 1, at: 3 }]);
  });

  test('includes a change whose hash was made to fit, because the next record names the old one', () => {
    const forged = forge(lines[4] ?? '', (record) => {
      record.message = 'nothing to see';
    });
    expect(problems(lines.with(4, forged))).toEqual(['changed']);
  });

  test('includes a changed last record, because the rollup names the old one', () => {
    const forged = forge(lines[8] ?? '', (record) => {
      record.message = 'nothing to see';
    });
    expect(problems(lines.with(8, forged))).toEqual(['changed']);
    expect(verifyTrail(lines.with(8, forged).reverse(), { ordered: false }).ok).toBe(false);
  });

  test('includes a record that a raw print with a line break put in', () => {
    const bare = JSON.parse(lines[2] ?? '') as Record<string, unknown>;
    delete bare.chain;
    const printed = `user said: hello\n${JSON.stringify(bare)}\n`.trimEnd().split('\n');
    expect(problems(lines.toSpliced(5, 0, ...printed))).toEqual(['forged']);
  });

  test('includes a name that stands twice in a line, of which readers take one or the other', () => {
    const doubled = (lines[2] ?? '').replace(',"count":1', ',"count":9,"count":1');
    expect(problems(lines.with(2, doubled))).toEqual(['changed']);
  });

  test('includes a chain that begins again, and an instance that has none', () => {
    const second = linesOf(A, 2).map((line) => line.replaceAll('reason', 'other'));
    const again = second.filter(isTrail).map((line) => forge(line, () => {}))[0] ?? '';
    expect(problems([...lines, again])).toContain('restarted');
    const bare = lines.map((line) => line.replace(/,"chain":\{[^}]*\}/, ''));
    expect(problems(bare)).toEqual(['unchained']);
  });

  test('says of keyed records that they were not checked', () => {
    expect(verifyTrail(linesOf(A, 3, 1)).instances[0]?.findings).toMatchObject([
      { problem: 'unchecked', from: 1, to: 2 },
    ]);
  });

  test('says of what opens like a record and is none that it cannot be read', () => {
    const [line = ''] = lines;
    const broken = [line.slice(0, -1), line.replace('"v":1', '"v":9'), line.replace('"seq":0', '"seq":-1')];
    expect(verifyTrail(broken)).toMatchObject({ ok: false, unreadable: [{ at: 1 }, { at: 2 }, { at: 3 }] });
    expect(verifyTrail(['', 'START RequestId: 1', '{"level":"INFO"}'])).toMatchObject({
      ok: true,
      records: 0,
    });
  });
});

describe('documents of a collector', () => {
  const documentOf = (line: string): Record<string, unknown> => {
    const { timestamp, ...record } = JSON.parse(line) as Record<string, unknown>;
    return {
      '@timestamp': timestamp,
      ...record,
      faas: { name: 'orders-fn' },
      cloud: { account: { id: '123456789012' } },
      aws: { cloudwatch: { log_group: '/aws/lambda/orders-fn', log_stream: 's', event_id: '1' } },
    };
  };
  const documents = linesOf(A, 6, 1).map(documentOf);

  test('are intact in any order, with what the collector put on', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(documents, { minLength: documents.length }), (shuffled) => {
        expect(verifyTrail(shuffled, { keys })).toMatchObject({ ok: true, records: 6 });
      }),
    );
  });

  test('are found changed when a member is', () => {
    const names = ['message', 'level', 'count', 'principal', '@timestamp', 'fields', 'service'];
    fc.assert(
      fc.property(fc.constantFrom(0, 2, 4), fc.constantFrom(...names), fc.jsonValue(), (at, name, value) => {
        fc.pre(JSON.stringify(documents[at]?.[name]) !== JSON.stringify(value));
        const changed = documents.with(at, { ...documents[at], [name]: value });
        expect(verifyTrail(changed, { keys }).ok).toBe(false);
      }),
    );
  });
});

test('a hostile input costs no more than its size: places far out and invented instances', () => {
  const [line = ''] = linesOf(A, 1);
  const verifier = new TrailVerifier({ keys });
  for (let i = 0; i < 2000; i++) {
    verifier.take(
      line.replaceAll(A, i.toString(16).padStart(16, '0')).replace('"n":0', `"n":${2 ** 50 - i}`),
    );
  }
  const deep = `${line.slice(0, -1)},"fields":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
  verifier.take(deep);
  const report = verifier.report();
  expect(report.ok).toBe(false);
  expect(report.records).toBe(2001);
});
