import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCollector } from '../collector.ts';
import { isGzip } from '../decode/inflate.ts';
import { FORMED, SECRET_NAME, tell, UNNAMED } from '../redaction/planted-secrets.test-data.ts';
import { cloudTrailEvent, httpAccessLog, NGINX, restAccessLog, wafLog } from '../testing/edge-lines.ts';
import { gzipped, kinesisEvent, subscription } from '../testing/kinesis-event.ts';
import { MemoryIndex } from '../testing/memory-index.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { platformJson, reportJson } from '../testing/platform-lines.ts';
import { logLine, requestLine, rollupLine, sdkLine, trailLine } from '../testing/sdk-lines.ts';

/** Lines of writers that hide nothing; the secret shows by its form. */
function linesAround(secret: string): Readonly<Record<string, readonly string[]>> {
  const json = JSON.stringify(secret).slice(1, -1);
  const oneLine = secret.replaceAll('\n', ' ');
  return {
    'log record': [
      logLine(1, { message: `said ${secret}`, fields: { a: [secret, { [secret]: [secret] }] }, [secret]: 1 }),
      logLine(1, {
        error: {
          type: 'E',
          message: secret,
          stack_trace: `E: ${secret}\n at x`,
          errors: [{ type: secret, message: '' }],
        },
      }),
      logLine(1, {
        correlation_id: secret,
        route: `GET ${secret}`,
        user: { id: `a ${secret}`, roles: [secret] },
        record: { id: secret },
      }),
    ],
    'request record': [requestLine(2).replace('/orders/7', `/orders?q=${json}`)],
    'trail record': [
      trailLine(3, {
        principal: `x ${secret}`,
        user: { id: `x ${secret}` },
        source: { ip: secret },
        route: secret,
        tenant: `x ${secret}`,
      }),
      trailLine(4, {
        target: secret,
        event: { kind: 'event', action: 'authz_fail', outcome: 'failure', reason: secret },
        message: secret,
      }),
      trailLine(5, {
        chain: { n: 1, prev: secret, hash: secret, key: `x ${secret}`, more: secret },
        fields: { users: [`x ${secret}`] },
      }),
    ],
    'rollup record': [
      rollupLine(6).replaceAll('"Orders"', JSON.stringify(secret)),
      rollupLine(7).replaceAll('GET /orders', `GET /${json}`),
    ],
    'record that breaks the contract': [
      logLine(8, { message: 1, note: secret }),
      logLine(9, { note: secret, tail: 'x' }).slice(0, -2),
      sdkLine('log', 10, { message: secret, service: { name: 'a' } }, { version: 2 }),
      trailLine(11, { count: -1, target: secret }),
    ],
    JSON: [
      JSON.stringify({ level: 'warn', message: secret, a: { b: [secret] }, [`k ${secret}`]: 1 }),
      JSON.stringify({ msg: 'm', body: JSON.stringify({ a: JSON.stringify({ b: secret }) }) }),
      JSON.stringify({ Records: [{ body: secret }], level: secret }),
    ],
    text: [
      `failed for ${secret}, twice ${secret}`,
      `{"cut":"${json}","a":`,
      `[1,"${json}"]`,
      `${NGINX} "${oneLine}"`,
      `2026-11-22T09:59:58.100Z\t8b4f5f0e-3f9b-4a55-9a0e-2f1f3c9a7d11\tINFO\tgot ${secret}`,
    ],
    'API Gateway': [
      restAccessLog({
        path: `/prod/${oneLine}`,
        'error.message': secret,
        'authorizer.error': secret,
        status: '403',
      }),
      httpAccessLog({ integrationErrorMessage: secret, userAgent: secret, status: '500' }),
    ],
    WAF: [
      wafLog({
        httpRequest: {
          clientIp: '203.0.113.66',
          uri: `/${oneLine}`,
          args: `q=${oneLine}`,
          headers: [{ name: 'X-Note', value: secret }],
          httpMethod: 'GET',
        },
      }),
    ],
    CloudTrail: [
      cloudTrailEvent({
        requestParameters: { note: secret, deep: [{ a: secret }] },
        errorMessage: `denied ${secret}`,
        errorCode: 'AccessDenied',
      }),
    ],
    platform: [reportJson('error', true, { note: secret }), platformJson('fault', `x ${secret}`)],
  };
}

/** Lines in which only the name tells that a secret follows. */
function linesNaming(name: string, secret: string): Readonly<Record<string, readonly string[]>> {
  const pairs = [
    { name, value: secret },
    { name: 'Host', value: 'x' },
  ];
  const query = `a=1&${name}=${encodeURIComponent(secret)}&b=2`;
  return {
    record: [
      logLine(1, {
        [name]: secret,
        fields: { [name]: { deep: [secret] }, headers: pairs, raw: ['Host', 'x', name, secret] },
      }),
      trailLine(2, {
        fields: { [name]: secret, list: [[name, secret]], argv: ['run', `--${name}`, secret] },
        target: `${name}=${secret}`,
      }),
      trailLine(3, { count: -1, [name]: secret }),
      logLine(4, { [name]: secret, tail: 1 }).slice(0, -3),
    ],
    JSON: [
      JSON.stringify({
        [name]: secret,
        request: { headers: pairs },
        body: JSON.stringify({ b: JSON.stringify({ [name]: secret }) }),
      }),
    ],
    text: [
      `GET /login?${query} HTTP/1.1`,
      `curl --${name} ${secret} https://ann:${encodeURIComponent(secret)}@h.example/`,
      `rejected ${name}: ${secret}`,
      `Server=db;${name}=${secret};Port=1`,
      `{"${name}":"${secret}","a":`,
      `"POST /" 200 "{\\x22${name}\\x22:\\x22${secret}\\x22,\\x22a\\x22:1}"`,
    ],
    'API Gateway': [
      restAccessLog({ path: `/prod/login?${query}`, status: '401', [`authorizer.${name}`]: secret }),
    ],
    WAF: [
      wafLog({
        httpRequest: {
          clientIp: '203.0.113.66',
          uri: '/login',
          args: query,
          headers: pairs,
          httpMethod: 'POST',
        },
      }),
    ],
    CloudTrail: [cloudTrailEvent({ requestParameters: { [name]: secret, tags: pairs } })],
  };
}

/** All that leaves the collector for lines that come in records as they should, and as they should not. */
async function collected(lines: readonly string[]): Promise<string> {
  const index = new MemoryIndex();
  const ports = memoryPorts(index);
  const record = JSON.stringify(subscription({ messages: lines }));
  const payloads = [
    gzipped(subscription({ messages: lines })),
    gzipped(subscription({ messages: lines, group: 'aws-waf-logs-shop', firstId: 500 })),
    Buffer.from(record.slice(0, -5)),
    gzipSync(`${record}and more`),
    gzipSync(Buffer.concat([Buffer.from(record), Buffer.from([0xff])])),
    Buffer.from(JSON.stringify({ owner: 1, logEvents: lines.map((message) => ({ message })) })),
  ];
  await createCollector(ports)(kinesisEvent(payloads));
  expect(ports.summaries).toMatchObject([{ unreadable: 4, lines: 2 * lines.length, undelivered: 0 }]);
  const entries = [...ports.quarantined.values()].map(({ raw, ...entry }) => {
    const bytes = Buffer.from(raw, 'base64');
    return JSON.stringify(entry) + (isGzip(bytes) ? gunzipSync(bytes) : bytes).toString('latin1');
  });
  return [...index.documents.values(), JSON.stringify(ports.batches), ...entries].join('\n');
}

test.each(Object.keys(linesAround('')))(
  'no secret that its form shows leaves in a line of kind %s',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(FORMED, async (secret) => {
        expect(await collected(linesAround(secret)[kind] ?? [])).not.toContain(tell(secret));
      }),
      { numRuns: 25 },
    );
  },
);

test.each(Object.keys(linesNaming('a', 'b')))(
  'no secret that its name shows leaves in a line of kind %s',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(SECRET_NAME, UNNAMED, async (name, secret) => {
        expect(await collected(linesNaming(name, secret)[kind] ?? [])).not.toContain(tell(secret));
      }),
      { numRuns: 25 },
    );
  },
);
