import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSubscriptionRecord } from '../decode/subscription-record.ts';
import { lineEnvelope, readLine } from '../log-line.ts';
import type { QuarantineEntry } from '../ports.ts';
import { FORMED, SECRET_NAME, tell, UNNAMED } from '../redaction/planted-secrets.test-data.ts';
import { gzipped, kinesisEvent, subscription } from '../testing/kinesis-event.ts';
import { NOW } from '../testing/memory-ports.ts';
import { logLine, trailLine } from '../testing/sdk-lines.ts';
import { quarantineLine, quarantineRecord } from './quarantine-entry.ts';

function recordOf(data: Uint8Array) {
  const [record] = kinesisEvent([data]).Records;
  if (record === undefined) throw new Error('no record');
  return record;
}

function entryOfLine(message: string, reason = 'r'): QuarantineEntry {
  const reading = readSubscriptionRecord(subscription({ messages: [message] }));
  if (reading.is !== 'subscription') throw new Error(reading.reason);
  const read = readLine(lineEnvelope(reading.record, NOW), reading.record.logEvents[0], 0);
  return quarantineLine(read.line, reason, recordOf(new Uint8Array()), NOW);
}

function entryOfRecord(data: Uint8Array): QuarantineEntry {
  return quarantineRecord(recordOf(data), 'r', NOW, undefined, 4_000_000);
}

const rawOf = ({ raw }: QuarantineEntry): Buffer => Buffer.from(raw, 'base64');
const textOf = (entry: QuarantineEntry): string => rawOf(entry).toString();

describe('the entry of a line', () => {
  test.each([
    ['a record', logLine(1)],
    ['a record of a user who is known by an address', trailLine(1, { principal: 'user:ann@shop.example' })],
    ['a record with a line break', `${logLine(1)}\r\n`],
    ['text', 'took 12 ms\n'],
    ['JSON as somebody wrote it', '{ "a" : 1.50, "b":[ ] }'],
    ['JSON that is cut', '{"a":1,"b'],
    ['a name twice', '{"a":1,"a":2}'],
  ])('%s is kept byte by byte', (_, message) => {
    const entry = entryOfLine(message);
    expect(textOf(entry)).toBe(message);
    expect(entry).not.toHaveProperty('redacted');
  });

  test.each([
    ['a record', logLine(1, { password: 'hunter2' }), logLine(1, { password: '[redacted]' })],
    ['JSON', '{"pin":1234,"card":4111111111111111}\n', '{"pin":"[redacted]","card":"[redacted]"}\n'],
    ['JSON that is cut', '{"a":1,"password":"hunt', '{"a":1,"password":"[redacted]'],
    [
      'a secret behind a name that stands there twice',
      '{"password":"hunter2","password":null}',
      '{"password":null}',
    ],
    ['text', 'login?password=hunter2 from ann', 'login?password=[redacted] from ann'],
  ])('%s is kept without its secret, and says so', (_, message, kept) => {
    const entry = entryOfLine(message);
    expect(textOf(entry)).toBe(kept);
    expect(entry.redacted).toBe(true);
  });

  test('JSON nested deeper than the stack is read as text', () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},"password":"hunter2"}`;
    expect(textOf(entryOfLine(deep))).not.toContain('hunter2');
  });

  test('it says where and when the line was, so that a replay finds its index and id', () => {
    expect(entryOfLine('x').origin).toMatchObject({ time: NOW - 1000, arrival: NOW });
  });

  test.each([
    [
      "index: mapper_parsing_exception: failed to parse field [source.ip] of type [ip] in document with id 'a-1'. Preview of field's value: 'hunter2'",
      'index: mapper_parsing_exception: failed to parse field [source.ip] of type [ip] in document with id ….',
    ],
    ['index: For input string: "hunter2"', 'index: For input string: …'],
    ["index: 'hunter2' is not an IP string literal.", 'index: … is not an IP string literal.'],
    ['index: unknown field [password=hunter2] for ann', 'index: unknown field [password=[redacted]] for ann'],
    ['body.rollup.latency[0].buckets: expected an array, got null', undefined],
    ['not a Kinesis record: data: expected base64', undefined],
  ])('its reason says what is wrong and quotes nothing: %s', (reason, told = reason) => {
    expect(entryOfLine('x', reason).reason).toBe(told);
  });
});

describe('the entry of a record', () => {
  const torn = gzipped(subscription({ messages: ['password=hunter2'] })).subarray(0, 60);
  test.each([
    ['gzip that is cut', torn],
    ['gzip beyond the limit', gzipSync(Buffer.alloc(4_000_001, 0x20))],
    ['no text', Buffer.from([0xff, 0x00, 0x80, 0xfe])],
    ['JSON without secrets', Buffer.from('{ "a": [1.0] } {"b":2}')],
    ['gzip without secrets', gzipSync('nothing to see')],
    ['nothing', new Uint8Array()],
  ])('%s is kept byte by byte', (_, data) => {
    const entry = entryOfRecord(data);
    expect(rawOf(entry).equals(data)).toBe(true);
    expect(entry).not.toHaveProperty('redacted');
  });

  test('bytes that are not UTF-8 survive beside a secret', () => {
    const odd = Buffer.from([0xff, 0xe2, 0x82, 0x20]);
    const given = Buffer.concat([
      odd,
      Buffer.from('größe für straße@shop.example password=voilà-hunter2 '),
      odd,
    ]);
    const kept = Buffer.concat([odd, Buffer.from('größe für [redacted] password=[redacted] '), odd]);
    expect(rawOf(entryOfRecord(given)).equals(kept)).toBe(true);
    expect(gunzipSync(rawOf(entryOfRecord(gzipSync(given)))).equals(kept)).toBe(true);
  });

  test('what is hardly text is read byte by byte', () => {
    const odd = Buffer.alloc(2_000, 0xff);
    const given = Buffer.concat([odd, Buffer.from(' password=hunter2 '), odd]);
    const kept = Buffer.concat([odd, Buffer.from(' password=[redacted] '), odd]);
    expect(rawOf(entryOfRecord(given)).equals(kept)).toBe(true);
  });

  test('subscription records stay JSON with their messages redacted as lines, so that they can be replayed', () => {
    const address = trailLine(1, { principal: 'user:ann@shop.example' });
    const secret = '{"card":4111111111111111}';
    const messages = [address, secret, 'pin=1234'];
    const data = gzipSync(`${JSON.stringify(subscription({ messages }))}{"messageType":"OTHER"}`);
    const entry = entryOfRecord(data);
    const [record, other] = gunzipSync(rawOf(entry)).toString().split('\n');
    expect(JSON.parse(record ?? '')).toEqual(
      subscription({ messages: [address, '{"card":"[redacted]"}', 'pin=[redacted]'] }),
    );
    expect(other).toBe('{"messageType":"OTHER"}');
    expect(entry.redacted).toBe(true);
  });

  test('a record without data is kept whole, but for secrets', () => {
    const record = { ...recordOf(new Uint8Array()), kinesis: { note: 'pin=1234' } } as never;
    const kept = JSON.parse(textOf(quarantineRecord(record, 'r', NOW))) as object;
    expect(kept).toMatchObject({ eventSource: 'aws:kinesis', kinesis: { note: 'pin=[redacted]' } });
  });

  test('long text is read in pieces, and no secret across their ends shows', () => {
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${'Qq7x\n'.repeat(300)}-----END RSA PRIVATE KEY-----`;
    for (const secret of [key, `eyJhbGciOiJIUzI1NiJ9.eyJ${'Qq7x'.repeat(99)}.Qq7x`]) {
      for (const from of [999_000, 999_990, 1_000_000 - secret.length]) {
        const text = `${'lorem ipsum \n'.repeat(80_000).slice(0, from - 1)} ${secret}\n${'dolor '.repeat(20_000)}`;
        const kept = textOf(entryOfRecord(Buffer.from(text)));
        expect(kept).not.toContain('Qq7x');
        expect(kept.replace('[redacted]', secret)).toBe(text);
      }
    }
  });
});

test('no planted secret shows in any entry, whatever broke the line or record', () => {
  const named = fc.tuple(SECRET_NAME, UNNAMED).map(([name, secret]) => ({
    secret,
    messages: [
      logLine(1, { [name]: secret, fields: { headers: [{ name, value: secret }], raw: [name, secret] } }),
      JSON.stringify({ body: JSON.stringify({ [name]: secret, deep: JSON.stringify({ [name]: secret }) }) }),
      `GET /login?a=1&${name}=${encodeURIComponent(secret)}&b=2`,
    ],
  }));
  const formed = FORMED.map((secret) => ({
    secret,
    messages: [
      logLine(1, { message: secret, [secret]: 1, fields: { note: [`a ${secret} b`] } }),
      trailLine(1, { principal: `by ${secret}`, target: secret }),
      JSON.stringify({ a: { b: secret } }),
      `failed: ${secret}`,
    ],
  }));
  const bits = fc.constantFrom<(text: Buffer) => Buffer>(
    (text) => text,
    (text) => text.subarray(0, -2),
    (text) => Buffer.concat([Buffer.from('!'), text]),
    (text) => Buffer.concat([text, Buffer.from([0xff])]),
  );
  fc.assert(
    fc.property(fc.oneof(named, formed), bits, fc.boolean(), ({ secret, messages }, broken, zipped) => {
      const shows = (bytes: Buffer): boolean => bytes.includes(tell(secret));
      for (const message of messages) {
        expect(shows(rawOf(entryOfLine(broken(Buffer.from(message)).toString())))).toBe(false);
      }
      const whole = broken(Buffer.from(JSON.stringify(subscription({ messages }))));
      const raw = rawOf(entryOfRecord(zipped ? gzipSync(whole) : whole));
      expect(shows(zipped ? gunzipSync(raw) : raw)).toBe(false);
    }),
    { numRuns: 150 },
  );
});
