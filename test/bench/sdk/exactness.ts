/** Compares what rollups and request records say with what was asked, at several rates of sampling. */
import { createTrailgate } from '@trailgate/sdk';
import { readHead } from '@trailgate/sdk/wire';
import { atMost, type Row } from '../report.ts';

const REQUESTS = 20_000;

interface Line {
  readonly rollup?: { readonly requests: readonly { readonly status: number; readonly count: number }[] };
  readonly kept?: string;
}

/** Requests too many or too few in the last rollup, and errors without a record. */
export async function countsAgainstTruth(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const rate of [0, 0.001, 0.1, 1]) {
    const { miscounted, errorsLost } = await countOnce(rate);
    rows.push(
      atMost(`requests miscounted by rollups at p = ${rate}`, miscounted, 'requests', 0),
      atMost(`errors without a record at p = ${rate}`, errorsLost, 'errors', 0),
    );
  }
  return rows;
}

async function countOnce(rate: number): Promise<{ miscounted: number; errorsLost: number }> {
  const lines: string[] = [];
  const trailgate = createTrailgate({
    service: 'orders',
    sampling: { rate },
    ports: { write: (text) => lines.push(...text.trimEnd().split('\n')) },
  });
  const truth = new Map<number, number>();
  const handler = trailgate.wrap(async (event: { readonly status: number }) => ({
    statusCode: event.status,
  }));
  for (let n = 0; n < REQUESTS; n++) {
    const status = n % 100 === 7 ? 503 : n % 10 === 3 ? 404 : 200;
    truth.set(status, (truth.get(status) ?? 0) + 1);
    await handler({ status, ...REQUEST }, { functionName: 'orders-fn', awsRequestId: `r-${n}` });
  }
  trailgate.flush();
  const bodies = lines
    .filter((line) => readHead(line).is === 'record')
    .map((line) => JSON.parse(line) as Line);
  const last = bodies.findLast((body) => body.rollup !== undefined)?.rollup?.requests ?? [];
  const counted = new Map(last.map(({ status, count }) => [status, count]));
  let miscounted = 0;
  for (const [status, count] of truth) miscounted += Math.abs(count - (counted.get(status) ?? 0));
  return {
    miscounted,
    errorsLost: (truth.get(503) ?? 0) - bodies.filter(({ kept }) => kept === 'error').length,
  };
}

const REQUEST = {
  resource: '/orders/{id}',
  httpMethod: 'GET',
  headers: {},
  requestContext: { identity: { sourceIp: '192.0.2.1' } },
};
