import { isUtf8 } from 'node:buffer';
import type { IndexPeriod } from '@trailgate/sdk/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventSpans } from '../decode/event-spans.ts';
import { scanRecord } from '../decode/scan-record.ts';
import { BulkBody } from '../delivery/bulk-body.ts';
import { indexName } from '../documents/index-name.ts';
import { createLineRedaction } from '../redaction/line-redaction.ts';
import { logLine, requestLine, rollupLine, sdkLine, trailLine } from '../testing/sdk-lines.ts';
import { bothPaths, CUT } from './both-paths.test-data.ts';
import { Splicer } from './splicer.ts';

const redaction = createLineRedaction();
const both = bothPaths(redaction);
const BODY = { message: 'm', service: { name: 'orders' } };

/** Where a line is spliced, parsing it gives the same document, and redaction would hide nothing in it. Says whether it is. */
function agree(message: string): boolean {
  const { spliced, route } = both(message);
  if (spliced === undefined) return false;
  expect(isUtf8(spliced.source)).toBe(true);
  expect(spliced.source.includes('\n')).toBe(false);
  expect(route?.to).toBe('index');
  if (route?.to !== 'index') return true;
  const source = JSON.parse(route.document.source) as object;
  expect(JSON.parse(spliced.source.toString())).toEqual(source);
  expect(JSON.parse(redaction.json(source))).toEqual(source);
  expect(spliced).toMatchObject({
    to: route.document.channel,
    index: route.document.index,
    id: route.document.id,
    signals: route.signals,
  });
  return true;
}

const PERIODS: readonly IndexPeriod[] = ['day', 'month'];
const HOUR = 3_600_000;
/** Around the ends of days, months and years, and where a clock begins to be wrong. */
const BORDERS = ['2026-02-28', '2026-03-01', '2027-01-01', '2027-01-15'].map((day) => Date.parse(day));
const clocks = fc.record({
  border: fc.constantFrom(...BORDERS),
  off: fc.integer({ min: -3 * HOUR, max: 3 * HOUR }),
  behind: fc.oneof(
    fc.integer({ min: -3 * HOUR, max: 3 * HOUR }),
    fc.integer({ min: 13 * 24 * HOUR, max: 15 * 24 * HOUR }),
    fc.integer({ min: -40 * 24 * HOUR, max: 400 * 24 * HOUR }),
  ),
});

const REAL = [logLine(1), requestLine(2), trailLine(3), rollupLine(4), sdkLine('log', 5, BODY)];
const SECRETS = [
  'Bearer 7f3aKx90LmQq81Zt',
  'password=hunter2hunter2',
  'ann@example.com',
  'AKIAIOSFODNN7EXAMPLE',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  '4111 1111 1111 1111',
  '4111111111111111',
  'DE89370400440532013000',
  'ghp_abcdefghijklmnop1234',
  'https://ann:hunter2@example.com/',
  '{"token":"7fa3bc90de"}',
  'user token:7fa3bc90de',
  'api key: 7fa3bc90de',
  '--password hunter2',
  '<password>hunter2</password>',
  'hooks.slack.com/services/T000/B000/abcdefgh1234',
] as const;
const NAMES = [
  'password',
  'value',
  'name',
  'key',
  'token',
  'apiKey',
  'note',
  'a b',
  'größe',
  '__proto__',
  'ann@example.com',
];

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.stringMatching(/^[A-Za-z0-9 _.:/@=%'"\\<-]{0,24}$/),
  fc.constantFrom(
    ...SECRETS,
    '[redacted]',
    '',
    'Unicode \u{1f600} é',
    'user:ann',
    '2001:db8::1',
    '12:30',
    'BE12345678901234',
  ),
  fc.tuple(fc.constantFrom(...SECRETS), fc.string({ maxLength: 3 })).map(([secret, more]) => more + secret),
);
const text = fc.oneof(
  { arbitrary: fc.stringMatching(/^[a-z {}/]{1,12}$/), weight: 20 },
  { arbitrary: hostile, weight: 1 },
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: text, weight: 4 },
    {
      arbitrary: fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer(),
        fc.maxSafeInteger(),
      ),
      weight: 2,
    },
    { arbitrary: fc.constantFrom(true, false, null, 4111111111111111, 378282246310005), weight: 1 },
    { arbitrary: fc.array(tie('value'), { maxLength: 3 }), weight: 1 },
    {
      arbitrary: fc.dictionary(
        fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 5 })),
        tie('value'),
        { maxKeys: 4 },
      ),
      weight: 2,
    },
  ),
}));
const members = fc.record(
  {
    message: text,
    service: fc.record({ name: text }),
    tenant: text,
    principal: text,
    user: fc.record({ id: text, roles: fc.array(text, { maxLength: 3 }) }),
    faas: fc.oneof(
      { arbitrary: fc.record({ name: text, execution: text }), weight: 9 },
      { arbitrary: value, weight: 1 },
    ),
    error: fc.record({ type: text, message: text, stack_trace: text }),
    fields: value,
    event: fc.record({
      kind: fc.constant('event'),
      action: text,
      outcome: fc.constant('failure'),
      duration: value,
    }),
    count: fc.nat(),
  },
  { requiredKeys: ['message', 'service'] },
);

describe('both paths', () => {
  test('give the same document of any record, and splice none that redaction would change', () => {
    let spliced = 0;
    fc.assert(
      fc.property(fc.constantFrom('log', 'request', 'trail'), members, (kind, body) => {
        if (agree(sdkLine(kind, 1, body))) spliced += 1;
      }),
      { numRuns: 1500 },
    );
    expect(spliced).toBeGreaterThan(20);
  });

  test('give the same document of a record whose bytes were changed, cut, doubled or spaced', () => {
    const change = fc.record({
      at: fc.nat(900),
      take: fc.nat(6),
      put: fc.oneof(
        fc.constantFrom(
          '',
          ' ',
          ',',
          '"',
          '}',
          '{',
          '\\',
          '\\u0041',
          '\\ud800',
          '\n',
          ':',
          '[',
          '0',
          '-',
          'e5',
          '"tenant":"a",',
          '"a":1,',
        ),
        fc.string({ unit: 'binary', maxLength: 2 }),
        fc.constantFrom(...SECRETS),
      ),
    });
    let spliced = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...REAL),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (line, changes) => {
          let changed = line;
          for (const { at, take, put } of changes)
            changed = changed.slice(0, at) + put + changed.slice(at + take);
          if (agree(changed)) spliced += 1;
        },
      ),
      { numRuns: 3000 },
    );
    expect(spliced).toBeGreaterThan(20);
  });

  test.each(PERIODS)('give a record the index of its %s, whatever its clock says', (indexPeriod) => {
    const through = bothPaths(redaction, { ...CUT, indexPeriod });
    fc.assert(
      fc.property(clocks, fc.boolean(), ({ border, off, behind }, isTrail) => {
        const timestamp = new Date(border + off).toISOString();
        const line = (isTrail ? trailLine(1) : logLine(1)).replace(/2026-11-22T[\d:.]+Z/, timestamp);
        const { spliced, route } = through(line, { time: border + off + behind });
        expect(spliced?.index).toBe(route?.to === 'index' ? route.document.index : 'none');
      }),
    );
  });

  test.each(PERIODS)('give each line of a record the index of its %s', (indexPeriod) => {
    const spans = new EventSpans();
    const cut = { ...CUT, indexPeriod };
    const splicer = new Splicer(cut, redaction);
    fc.assert(
      fc.property(fc.array(clocks, { minLength: 1, maxLength: 12 }), (lines) => {
        const envelope = { owner: '1', logGroup: 'g', logStream: 's' };
        const logEvents = lines.map(({ border, off, behind }, n) => ({
          id: String(n),
          timestamp: border + off + behind,
          message: sdkLine('log', n, BODY, { timestamp: new Date(border + off).toISOString() }),
        }));
        const record = { messageType: 'DATA_MESSAGE', ...envelope, logEvents };
        const scanned = scanRecord(Buffer.from(JSON.stringify(record)), spans);
        if (scanned === undefined) throw new TypeError('record: expected one that is regular');
        const body = new BulkBody(1_024);
        splicer.begin(envelope);
        for (const n of lines.keys()) splicer.splice(scanned, n, { business: body, trail: body }, 0, n);
        expect(lines.map((_, n) => body.index(n))).toEqual(
          lines.map(({ border, off, behind }) =>
            indexName('business', border + off, border + off + behind, cut),
          ),
        );
      }),
    );
  });

  test('never let a planted secret through', () => {
    const place = fc.constantFrom(
      (secret: unknown) => ({ ...BODY, message: secret }),
      (secret: unknown) => ({ ...BODY, fields: { note: secret } }),
      (secret: unknown) => ({ ...BODY, fields: { list: ['x', { deep: [secret] }] } }),
      (secret: unknown) => ({ ...BODY, fields: { password: secret } }),
      (secret: unknown) => ({ ...BODY, fields: { name: 'password', value: secret } }),
      (secret: unknown) => ({ ...BODY, fields: { value: secret, key: 'authorization' } }),
      (secret: unknown) => ({ ...BODY, fields: { argv: ['--token', secret] } }),
      (secret: unknown) => ({ ...BODY, fields: { headers: ['authorization', secret] } }),
      (secret: unknown) => ({
        ...BODY,
        error: { type: 'E', message: 'm', stack_trace: `E: ${String(secret)}\n at x` },
      }),
      (secret: unknown) => ({ ...BODY, fields: { nested: JSON.stringify({ password: secret }) } }),
      (secret: unknown) => ({ ...BODY, fields: { [String(secret)]: 1 } }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...SECRETS), place, (secret, body) => {
        const line = sdkLine('log', 1, body(secret));
        agree(line);
        const { spliced } = both(line);
        if (spliced === undefined) return;
        expect(redaction.json(JSON.parse(line))).toBe(JSON.stringify(JSON.parse(line)));
      }),
      { numRuns: 300 },
    );
  });

  test('ask about every text and number where there are patterns of a deployment', () => {
    const isClean = (given: string): boolean => !/4711|größ/.test(given);
    const own = bothPaths({ ...redaction, isClean, everyText: true });
    const line = (fields: object): string => sdkLine('log', 1, { ...BODY, fields });
    expect(own(line({ a: 'abc', n: 12 })).spliced).toBeDefined();
    expect(own(line({ a: 'x4711' })).spliced).toBeUndefined();
    expect(own(line({ a: 'größer' })).spliced).toBeUndefined();
    expect(own(line({ n: 47111 })).spliced).toBeUndefined();
    expect(own(line({ n: [1, { m: 4711 }] })).spliced).toBeUndefined();
  });
});
