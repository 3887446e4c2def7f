import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cloudTrailEvent,
  consoleLogin,
  HTTP_CLF,
  HTTP_CSV,
  httpAccessLog,
  NGINX,
  REST_CLF,
  REST_CSV,
  REST_XML,
  refusedAccessLog,
  restAccessLog,
  wafLog,
  webSocketAccessLog,
} from '../testing/edge-lines.ts';
import { CRASH_TEXT, OUT_OF_MEMORY_TEXT, reportJson, TIMED_OUT_TEXT } from '../testing/platform-lines.ts';
import { edgeLine, shapedBy } from '../testing/shaped-line.ts';
import type { ShapedDocument } from './kind.ts';

const JSON_LINES = [
  restAccessLog(),
  httpAccessLog(),
  webSocketAccessLog(),
  refusedAccessLog(401, 'UNAUTHORIZED'),
  wafLog(),
  wafLog({ action: 'ALLOW' }),
  cloudTrailEvent(),
  consoleLogin('Failure'),
  reportJson('timeout', true),
];
const TEXT_LINES = [
  REST_CLF,
  HTTP_CLF,
  REST_CSV,
  HTTP_CSV,
  REST_XML,
  NGINX,
  OUT_OF_MEMORY_TEXT,
  CRASH_TEXT,
  TIMED_OUT_TEXT,
];

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    '-',
    '',
    '__proto__',
    'constructor',
    '1e999',
    '-1',
    '99999999999999999999',
    -1,
    1.5,
    1e300,
    null,
  ),
  fc.ipV6(),
  fc.date().map((date) => (Number.isNaN(date.getTime()) ? 'Invalid' : date.toISOString())),
);

/** A line of which one member, or one of an inner object, has any value; or one that was cut; or one with a text put in. */
const oddLine = fc.oneof(
  fc
    .tuple(fc.constantFrom(...JSON_LINES), fc.nat(), fc.nat(), anything, fc.boolean())
    .map(([text, at, innerAt, value, inner]) => {
      const object = JSON.parse(text) as Record<string, unknown>;
      const names = Object.keys(object);
      const name = names[at % names.length] ?? '';
      const child = object[name];
      if (inner && typeof child === 'object' && child !== null && Object.keys(child).length > 0) {
        const innerNames = Object.keys(child);
        (child as Record<string, unknown>)[innerNames[innerAt % innerNames.length] ?? ''] = value;
      } else object[name] = value;
      return JSON.stringify(object);
    }),
  fc
    .tuple(fc.constantFrom(...JSON_LINES, ...TEXT_LINES), fc.nat())
    .map(([text, at]) => text.slice(0, at % text.length)),
  fc
    .tuple(fc.constantFrom(...JSON_LINES, ...TEXT_LINES), fc.nat(), fc.string({ maxLength: 8 }))
    .map(([text, at, more]) => text.slice(0, at % text.length) + more + text.slice(at % text.length)),
);
const group = fc.constantFrom('edge-logs', '/aws/lambda/orders', '/aws/apigateway/x', 'aws-waf-logs-x');

/** What the mapping would refuse. */
function expectIndexable({ time, body }: ShapedDocument): void {
  expect(time >= 0 && time <= 253_402_300_799_999 && Number.isSafeInteger(time)).toBe(true);
  expect(hasUndefined(body)).toBe(false);
  const { http, source, event, count } = body as {
    readonly http?: { readonly response?: { readonly status_code?: number; readonly bytes?: number } };
    readonly source?: { readonly ip?: string };
    readonly event: { readonly duration?: number };
    readonly count?: number;
  };
  for (const long of [http?.response?.status_code, http?.response?.bytes, event.duration, count]) {
    expect(long === undefined || Number.isInteger(long)).toBe(true);
  }
  if (source?.ip !== undefined) expect(isIP(source.ip)).not.toBe(0);
}

test('an odd line of a foreign format is a document or counted, never set aside, and its fields fit their types', () => {
  fc.assert(
    fc.property(oddLine, group, (text, logGroup) => {
      if (text.trim() === '') return;
      const shaped = shapedBy(edgeLine(text, logGroup));
      expect(shaped.is).not.toBe('unreadable');
      if (shaped.is === 'document') expectIndexable(shaped.document);
      if (logGroup.startsWith('/aws/lambda/')) {
        expect(shaped.is === 'document' ? shaped.document.channel : 'business').toBe('business');
      }
    }),
    { numRuns: 2_000 },
  );
});

function hasUndefined(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === undefined;
  return Object.values(value).some(hasUndefined);
}
