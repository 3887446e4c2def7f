import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createTestTrailgate } from './testing/index.ts';
import type { Rollup } from './wire/record.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const CONTEXT = { functionName: 'f', awsRequestId: 'r' };
const LONG = 'x'.repeat(200);

describe('an instance that lives long', () => {
  test('does not grow with the routes, users, tenants, counters and keys that it is given', {
    timeout: 120_000,
  }, async () => {
    let now = 0;
    let largestLine = 0;
    let bytes = 0;
    /** The parts of the last flush. */
    let parts: Rollup[] = [];
    const { trailgate } = createTestTrailgate({
      sampling: {
        rate: 0,
        rules: [
          { route: 'GET /a*', rate: 0.5 },
          { tenant: 'acme', rate: 0.5 },
        ],
      },
      ports: {
        monotonic: () => now,
        write(text) {
          bytes += text.length;
          for (const line of text.split('\n')) {
            largestLine = Math.max(largestLine, Buffer.byteLength(line));
            if (!line.includes('"kind":"rollup"')) continue;
            const rollup = JSON.parse(line).rollup as Rollup;
            parts = [...(parts[0]?.invocations === rollup.invocations ? parts : []), rollup];
          }
        },
      },
    });
    const log = trailgate.log.child({ module: 'cart' });
    let n = 0;
    const handler = trailgate.wrap(async () => {
      const own = `${n}-${LONG}`;
      trailgate.setIdentity({ user: own, tenant: own, roles: [own] });
      trailgate.count(own);
      trailgate.distribution(own, n + 0.5);
      log.appendKeys({ [own]: own });
      log.info(own, { [`k${n}`]: own });
      log.setCorrelationId(own.slice(0, 100));
      trailgate.trail.event('authz_fail', { target: own, user: own, fields: { [own]: own } });
      trailgate.trail.event('authn_login_fail', {
        user: own,
        sourceIp: `10.${n % 200}.${n % 250}.${n % 99}`,
      });
      if (n % 3 === 0) throw new Error(own);
      return { statusCode: 200 + (n % 400) };
    });
    const serve = async (count: number): Promise<void> => {
      for (const end = n + count; n < end; n++) {
        now += 1;
        const event = {
          type: 'TOKEN',
          methodArn: `arn:aws:execute-api:e:1:a/s/GET/${n.toString(36)}abc/${n}`,
          n,
        };
        const rest = { resource: `/r${n}/{id}`, httpMethod: 'GET', path: '/', requestContext: {} };
        await handler((n % 2 === 0 ? event : rest) as never, CONTEXT).catch(() => undefined);
      }
    };
    await serve(4000);
    const [before, written] = [heapBytes(), bytes];
    await serve(4000);
    trailgate.flush();
    const grown = heapBytes() - before;
    // What is kept has found its size: the second half adds less than 100 bytes a request, of 4 KB that each one says.
    expect(grown).toBeLessThan(600_000);
    expect(largestLine).toBeLessThanOrEqual(65_535);
    expect(bytes - written).toBeGreaterThan(4_000_000);
    for (const kind of ['requests', 'counters', 'distributions', 'principals', 'latency'] as const) {
      const rows = parts.reduce((sum, part) => sum + (part[kind]?.length ?? 0), 0);
      // Of the distributions only those that changed are written.
      if (kind !== 'distributions') expect(rows).toBeGreaterThan(0);
      expect(rows).toBeLessThan(1600);
    }
    expect(parts[0]?.invocations).toBe(8_000);
  });
});
