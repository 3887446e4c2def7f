import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { QuarantineEntry } from '@trailgate/collectors';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { SqliteIndex } from '../local/index/sqlite-index.ts';
import { replayAll } from './replay.ts';
import { accounted, describeTally } from './replay-tally.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailgate-replay-test-'));
const path = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function replay(...args: readonly string[]): Promise<Ran> {
  const main = join(import.meta.dirname, 'main.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, ['--conditions=trail-source', main, 'replay', ...args], (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err });
    });
  });
}

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(path(name), content);
  return path(name);
}

const REQUEST = '6f7e9b0a-9c1e-4d2b-8f3a-5b6c7d8e9f00';
const EVENT = {
  eventVersion: '1.11',
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/ann', userName: 'ann' },
  eventTime: '2026-11-22T09:59:57Z',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  awsRegion: 'us-east-1',
  sourceIPAddress: '203.0.113.7',
  eventID: 'b1f9c2d3-0000-4000-8000-000000000001',
};
const WAF = {
  timestamp: 1_795_341_597_981,
  formatVersion: 1,
  webaclId: 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shop/8acf338d',
  terminatingRuleId: 'block-all',
  terminatingRuleType: 'REGULAR',
  action: 'BLOCK',
  httpRequest: { clientIp: '203.0.113.66', uri: '/', httpMethod: 'GET' },
};
const LAMBDA = [
  `START RequestId: ${REQUEST} Version: $LATEST`,
  `2026-11-22T09:59:58.123Z\t${REQUEST}\tINFO\thello`,
  `2026-11-22T09:59:59.123Z ${REQUEST} Task timed out after 3.00 seconds`,
  `END RequestId: ${REQUEST}`,
  `REPORT RequestId: ${REQUEST}\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\tStatus: timeout`,
];
const SSHD = [
  'Nov 22 09:59:58 host sshd[812]: Failed password for root from 203.0.113.7 port 51120 ssh2',
  'Nov 22 09:59:59 host sshd[812]: Connection closed by 203.0.113.7 port 51120 [preauth]',
];
const NGINX = '203.0.113.7 - - [22/Nov/2026:09:59:58 +0000] "GET / HTTP/1.1" 200 612 "-" "curl/8.7.1"';
const ACCESS =
  '{"requestId":"JKJaXmPLvHcESHA=","extendedRequestId":"x","ip":"203.0.113.8","requestTimeEpoch":1795341598000,"routeKey":"GET /","status":"429","error.responseType":"THROTTLED"}';

/** Of the printed rows all but the first, which is their sum. */
function rows(out: string): { readonly total: number; readonly parts: readonly number[] } {
  const [total = -1, ...parts] = [...out.matchAll(/^ *(\d+) {2}/gm)].map(([, count]) => Number(count));
  return { total, parts };
}

describe('trailgate replay', () => {
  test('knows each line by itself, and says by kind and destination where it went', async () => {
    const ran = await replay(
      file('trail.json.gz', gzipSync(JSON.stringify({ Records: [EVENT, { ...EVENT, eventName: 'X' }] }))),
      file('waf.log', `${JSON.stringify(WAF)}\n${JSON.stringify({ ...WAF, action: 'ALLOW' })}\n`),
      file('lambda.log', LAMBDA.join('\n')),
      file('auth.log', SSHD.join('\n')),
      file('nginx.log', NGINX),
      file('access.log', ACCESS),
      file('empty.log', ''),
      file('huge.log', `${'x'.repeat(3_000_000)}\n{"time":1795341598,"msg":"small"}`),
    );
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(
      ran.out
        .trimEnd()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual([
      '15  lines read',
      '1  indexed in business-2026.11.22 as aws.waf',
      '1  indexed in business-2026.11.22 as json',
      '1  indexed in business-2026.11.22 as lambda',
      '2  indexed in business-2026.11.22 as lambda.platform',
      '3  indexed in business-2026.11.22 as text',
      '1  indexed in trail-2026.11.22 as aws.apigateway',
      '2  indexed in trail-2026.11.22 as aws.cloudtrail',
      '1  indexed in trail-2026.11.22 as aws.waf',
      '2  platform lines counted',
      expect.stringContaining('1  quarantined: oversize: more than 1048576 bytes (first: huge.log'),
      'every line is accounted for',
      expect.stringContaining('nothing was kept'),
    ]);
    const { total, parts } = rows(ran.out);
    expect(parts.reduce((sum, count) => sum + count)).toBe(total);
  });

  test('finds in a second run that all was there before', async () => {
    const index = new SqliteIndex(':memory:');
    const bytes = Buffer.from([...SSHD, JSON.stringify(EVENT)].join('\n'));
    const inputs = [{ name: 'twice.log', bytes, modified: 1_795_341_600_000 }];
    const run = () => replayAll(inputs, 'replay', index, { put: async () => undefined });
    expect(describeTally(await run(), undefined)).toContain('every line is accounted for\n');
    expect(describeTally(await run(), undefined)).toContain(
      'every line is accounted for (3 were there before)',
    );
    expect(index.count('')).toBe(3);
    index.close();
  });

  test('says in one sentence what it cannot read', async () => {
    const ran = await Promise.all([replay(folder), replay(path('nowhere'))]);
    expect(ran.map(({ code }) => code)).toEqual([1, 1]);
    expect(ran[0]?.err).toBe(
      `trailgate: log file ${folder}: expected a file that can be read, got a folder\n`,
    );
    expect(ran[1]?.err).toContain('got ENOENT');
  });
});

test('the counts add up for any files', async () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
    fc.json({ maxDepth: 2 }).map((text) => Buffer.from(text)),
    fc
      .constantFrom(JSON.stringify(EVENT), JSON.stringify(WAF), ACCESS, NGINX, ...LAMBDA, ...SSHD)
      .map((text) => Buffer.from(text)),
    fc.nat(3).map((count) => Buffer.from(JSON.stringify({ Records: Array(count).fill(EVENT) }))),
  );
  const bytes = fc.tuple(fc.array(line, { maxLength: 8 }), fc.boolean()).map(([lines, zipped]) => {
    const content = Buffer.concat(lines.flatMap((text) => [text, Buffer.from('\n')]));
    return zipped ? gzipSync(content) : content;
  });
  const group = fc.constantFrom('replay', '/aws/lambda/orders');
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { maxLength: 3 }), group, async (contents, name) => {
      const index = new SqliteIndex(':memory:');
      const kept = new Map<string, QuarantineEntry>();
      const quarantine = {
        put: async (entries: readonly QuarantineEntry[]) => {
          for (const entry of entries) kept.set(entry.id, entry);
        },
      };
      const inputs = contents.map((content, at) => ({
        name: `f${at}`,
        bytes: content,
        modified: 1_795_341_600_000,
      }));
      const tally = await replayAll(inputs, name, index, quarantine);
      expect(accounted(tally)).toBe(tally.lines);
      // What was counted is what is there.
      expect(index.count('') + kept.size + tally.platform).toBe(tally.lines);
      const { total, parts } = rows(describeTally(tally, undefined));
      expect(parts.reduce((sum, count) => sum + count, 0)).toBe(total);
      index.close();
    }),
    { numRuns: 60 },
  );
});
