import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cloudTrailEvent } from '../testing/edge-lines.ts';
import { fileLines } from './file-lines.ts';

const EVENT = cloudTrailEvent();
const OTHER = cloudTrailEvent({ eventName: 'a "quoted" } name \\' });

function texts(content: string): readonly string[] {
  return [...fileLines(Buffer.from(content))].map(({ bytes }) => Buffer.from(bytes).toString());
}

describe('a CloudTrail file', () => {
  test.each([
    ['in one line', `{"Records":[${EVENT},${OTHER}]}`],
    ['over many lines', ` { "Records" : [\n${EVENT} ,\n\n  ${OTHER}\n]\r\n}\n`],
    ['with a byte order mark', `\ufeff{"Records":[${EVENT},${OTHER}]}`],
  ])('%s is cut into its events', (_, content) => {
    expect(texts(content)).toEqual([EVENT, OTHER]);
  });

  test('behind another, and before other lines, is cut too; numbers rise', () => {
    const content = `{"Records":[${EVENT},${OTHER},${EVENT}]}{"Records":[${OTHER}]}\nnext\nlast`;
    const lines = [...fileLines(Buffer.from(content))];
    expect(lines.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      EVENT,
      OTHER,
      EVENT,
      OTHER,
      'next',
      'last',
    ]);
    expect(lines.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('that is cut off gives its whole events, and the rest with the reason', () => {
    const content = `{"Records":[${EVENT},${OTHER.slice(0, 40)}`;
    const [first, rest] = [...fileLines(Buffer.from(content))];
    expect(Buffer.from(first?.bytes ?? []).toString()).toBe(EVENT);
    expect(rest).toMatchObject({ fault: 'CloudTrail file: broken after 1 events' });
    expect(Buffer.from(rest?.bytes ?? []).toString()).toBe(`,${OTHER.slice(0, 40)}`);
  });

  test.each([
    ['no event', '{"Records":[]}'],
    ['a number', '{"Records":[1]}'],
    ['nothing whole', `{"Records":[${EVENT.slice(0, 50)}`],
    ['the batch of a queue', '{"Records":[{"eventSource":"aws:sqs","body":"x"}]}'],
    ['a notification of S3', '{"Records":[{"eventVersion":"2.1","eventTime":"t","eventName":"e"}]}'],
    ['another name', '{"records":[{"eventTime":"t","eventID":"e"}]}'],
    ['an opening only', '{"Records"'],
  ])('with %s is an ordinary line', (_, content) => {
    expect(texts(content)).toEqual([content]);
  });
});

test('no byte is in two lines, none but separators in none, and numbers rise', () => {
  const part = fc.oneof(
    fc.constantFrom('{"Records":[', EVENT, OTHER, ',', ']}', '\n', '\r\n', ' ', '"', '\\', '{', '}'),
    fc.string({ maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const bytes = Buffer.from(parts.join(''));
      const lines = [...fileLines(bytes)];
      let last = 0;
      let lastNumber = 0;
      for (const line of lines) {
        const start = line.bytes.byteOffset - bytes.byteOffset;
        expect(start).toBeGreaterThanOrEqual(last);
        expect(line.number).toBeGreaterThan(lastNumber);
        const between = bytes.subarray(last, start).toString();
        expect(between).toMatch(
          /^[\s,\]}]*(?:\{\s*"Records"\s*:\s*\[)?[\s,\]}\ufeff]*(?:\{\s*"Records"\s*:\s*\[\s*)?$/,
        );
        last = start + line.bytes.length;
        lastNumber = line.number;
      }
      expect(bytes.subarray(last).toString()).toMatch(/^[\s\]}\ufeff]*$/);
    }),
    { numRuns: 300 },
  );
});
