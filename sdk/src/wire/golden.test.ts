import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readHead, writeHead } from './head.ts';
import { MAX_LINE_BYTES, RECORD_KINDS } from './record.ts';
import { verifyTrail } from './trail-chain-verify.ts';

const LINES = readFileSync(new URL('./golden/v1.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const finite: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const flag: Check = (value) => typeof value === 'boolean';
const anyOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
/** All of `needed`, any of `allowed`, nothing else. */
const shape =
  (needed: Record<string, Check>, allowed: Record<string, Check> = {}): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const known = { ...allowed, ...needed };
    const entries = Object.entries(value);
    return (
      Object.keys(needed).every((name) => Object.hasOwn(value, name)) &&
      entries.every(([name, member]) => known[name]?.(member) ?? false)
    );
  };

const error: Check = shape(
  { type: text, message: text },
  { stack_trace: text, cause: (value) => error(value), errors: (value) => listOf(error)(value) },
);
const machine: Check = shape({
  v: (value) => value === 1,
  channel: anyOf('business', 'trail'),
  kind: anyOf(...RECORD_KINDS),
  instance: text,
  seq: count,
  weight: finite,
});
const always = {
  level: text,
  timestamp: text,
  trailgate: machine,
  message: text,
  service: shape({ name: text }),
};
const often = {
  correlation_id: text,
  trace_id: text,
  span_id: text,
  tenant: text,
  principal: text,
  user: shape({ id: text }, { roles: listOf(text) }),
  source: shape({ ip: text }),
  route: text,
  faas: shape({ name: text, execution: text, coldstart: flag }),
  record: shape({ source: text, id: text }),
  fields: (value: unknown) => typeof value === 'object' && value !== null,
  error,
};
const pair: Check = (value) =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger);
const digest: Check = (value) => /^[0-9a-f]{64}$/.test(String(value));
const rollup = shape(
  {
    since: text,
    invocations: count,
    requests: listOf(shape({ route: text, status: count, tenant: text, count, kept: count })),
    latency: listOf(shape({ route: text, buckets: listOf(pair) })),
    counters: listOf(shape({ name: text, unit: text, value: finite })),
    principals: listOf(shape({ tenant: text, principal: text, count, refused: count })),
  },
  {
    chain: shape({ records: count, hash: digest }),
    held: shape({ lines: count, bytes: count }),
    distributions: listOf(
      shape({
        name: text,
        unit: text,
        count,
        sum: finite,
        min: finite,
        max: finite,
        buckets: listOf(pair),
        zero: count,
      }),
    ),
  },
);
const BODIES: Record<(typeof RECORD_KINDS)[number], Check> = {
  log: shape(always, often),
  request: shape(
    {
      ...always,
      event: shape({ duration: count, outcome: anyOf('success', 'failure') }),
      kept: anyOf('sampled', 'upstream', 'error', 'slow', 'timeout'),
    },
    {
      ...often,
      http: shape({ request: shape({ method: text }), response: shape({ status_code: count }) }),
      url: shape({ path: text }),
    },
  ),
  rollup: shape({ ...always, rollup }, often),
  trail: shape(
    {
      ...always,
      event: shape(
        {
          kind: anyOf('event'),
          category: listOf(text),
          type: listOf(text),
          action: text,
          outcome: anyOf('success', 'failure', 'unknown'),
        },
        { reason: text },
      ),
      count,
    },
    {
      ...often,
      target: text,
      threat: shape({ tactic: shape({ id: text }), technique: shape({ id: text }) }),
      chain: shape({ n: count, prev: digest, hash: digest }, { key: text }),
    },
  ),
};

describe('the golden lines of contract version 1', () => {
  test('show every kind and every level', () => {
    const heads = LINES.map((line) => readHead(line)).flatMap((read) =>
      read.is === 'record' ? [read.head] : [],
    );
    expect(heads).toHaveLength(LINES.length);
    expect(new Set(heads.map((head) => head.kind))).toEqual(new Set(RECORD_KINDS));
    expect(new Set(heads.map((head) => head.level)).size).toBe(6);
    expect(heads.map((head) => head.seq)).toEqual(heads.map((_, index) => index));
  });

  test.each(LINES.map((line, index) => [index + 1, line] as const))(
    'line %i reads as it was written',
    (_, line) => {
      const read = readHead(line);
      if (read.is !== 'record') throw new Error(`expected a record, got ${JSON.stringify(read)}`);
      expect(writeHead(read.head)).toBe(line.slice(0, read.bodyStart));
      const body: unknown = JSON.parse(line);
      expect(BODIES[read.head.kind](body)).toBe(true);
      const { version, channel, kind, instance, seq, weight, level, timestamp } = read.head;
      expect(body).toMatchObject({
        level,
        timestamp,
        trailgate: { v: version, channel, kind, instance, seq, weight },
      });
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(MAX_LINE_BYTES);
    },
  );

  test('have bodies that the check can refuse', () => {
    const line = JSON.parse(LINES[0] ?? '') as Record<string, unknown>;
    expect(BODIES.log(line)).toBe(true);
    expect(BODIES.log({ ...line, surprise: 1 })).toBe(false);
    expect(BODIES.log({ ...line, service: 'orders' })).toBe(false);
    expect(BODIES.request(line)).toBe(false);
  });

  test('hold an intact trail, of which the key came with the third record', () => {
    const keys = (id: string): Uint8Array | undefined =>
      id === 'k1' ? new Uint8Array(32).fill(7) : undefined;
    expect(verifyTrail(LINES, { keys })).toMatchObject({ ok: true, records: 3 });
  });

  test('are the examples of the page', () => {
    const page = readFileSync(new URL('../../docs/record-contract.md', import.meta.url), 'utf8');
    const examples = page.match(/^\{"level":"[A-Z]+","timestamp":"\d.*$/gm) ?? [];
    expect(examples.length).toBeGreaterThanOrEqual(5);
    for (const example of examples) expect(LINES).toContain(example);
  });
});
