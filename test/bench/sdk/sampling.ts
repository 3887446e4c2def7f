/** Compares the share of ids that are kept with the rate that was asked for, over ids of several shapes. */
import { randomUUID } from 'node:crypto';
import { createTrailgate } from '@trailgate/sdk';

const IDS = 1_000_000;

/** The largest distance from the rate over all shapes of ids, in standard deviations. */
export async function worstDeviation(rate: number): Promise<number> {
  const shapes: Readonly<Record<string, (n: number) => string>> = {
    trace: () => randomUUID().replaceAll('-', ''),
    uuid: () => randomUUID(),
    serial: (n) => `order-${n}`,
  };
  let worst = 0;
  for (const idOf of Object.values(shapes)) {
    const kept = await keptOf(idOf, rate);
    worst = Math.max(worst, Math.abs(kept - IDS * rate) / Math.sqrt(IDS * rate * (1 - rate)));
  }
  return worst;
}

/** Through the public API, as a service would decide. */
async function keptOf(idOf: (n: number) => string, rate: number): Promise<number> {
  let kept = 0;
  const trailgate = createTrailgate({ service: 'sampling', sampling: { rate }, ports: { write() {} } });
  for (let n = 0; n < IDS; n++) {
    const invocation = trailgate.begin({ ...EVENT, headers: { 'x-correlation-id': idOf(n) } }, {});
    if (invocation.run(() => trailgate.correlation()?.keep) === true) kept += 1;
  }
  return kept;
}

const EVENT = {
  resource: '/orders/{id}',
  httpMethod: 'GET',
  requestContext: { identity: { sourceIp: '192.0.2.1' } },
};
