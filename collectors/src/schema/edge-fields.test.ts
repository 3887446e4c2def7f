import { describe, expect, test } from 'vitest';
import {
  cloudTrailEvent,
  consoleLogin,
  HTTP_CLF,
  httpAccessLog,
  RATE_BASED,
  REST_XML,
  refusedAccessLog,
  restAccessLog,
  wafLog,
  webSocketAccessLog,
} from '../testing/edge-lines.ts';
import { KILLED_TEXT, LOGS_DROPPED_JSON, OUT_OF_MEMORY_TEXT, reportJson } from '../testing/platform-lines.ts';
import { documentOf, edgeLine } from '../testing/shaped-line.ts';
import { FIELDS } from './fields.ts';

const LINES = [
  restAccessLog(),
  restAccessLog({
    status: 502,
    userAgent: 'curl',
    integrationErrorMessage: 'x',
    domainName: 'd',
    user: 'ann',
  }),
  httpAccessLog(),
  webSocketAccessLog(),
  refusedAccessLog(429, 'THROTTLED'),
  HTTP_CLF,
  REST_XML,
  wafLog(),
  wafLog(RATE_BASED),
  wafLog({ action: 'ALLOW', responseCodeSent: 200 }),
  cloudTrailEvent(),
  cloudTrailEvent({ sourceIPAddress: 's3.amazonaws.com', errorCode: 'AccessDenied', errorMessage: 'no' }),
  cloudTrailEvent({ requestParameters: 'x'.repeat(40_000) }),
  consoleLogin('Failure'),
  reportJson('timeout', true),
  OUT_OF_MEMORY_TEXT,
  KILLED_TEXT,
  LOGS_DROPPED_JSON,
  '[ERROR] text',
  '{"a":1}',
];

/** Leaves as dotted names, down to fields that take anything. */
function leaves(value: unknown, open: ReadonlySet<string>, path = ''): readonly string[] {
  if (open.has(path) || typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, item]) =>
    leaves(item, open, path === '' ? key : `${path}.${key}`),
  );
}

describe.each(['business', 'trail'] as const)('%s', (wanted) => {
  test('every field that a line of the edge or the platform fills has a type', () => {
    const fields = FIELDS[wanted];
    const open = new Set<string>(
      fields.filter(({ type }) => type === 'flat_object' || type === 'stored').map(({ name }) => name),
    );
    const known = new Set<string>(fields.map(({ name }) => name));
    const filled = new Set(
      LINES.map((text) => documentOf(edgeLine(text)))
        .filter(({ channel }) => channel === wanted)
        .flatMap(({ channel: _, time: __, ...body }) => leaves(body, open)),
    );
    expect(filled.size).toBeGreaterThan(20);
    expect([...filled].filter((name) => !known.has(name))).toEqual([]);
  });
});
