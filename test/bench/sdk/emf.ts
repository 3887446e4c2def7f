/** Times what one flush of metrics in CloudWatch's embedded format costs. */
import { emfLines } from '@trailgate/sdk/emf';

const FLUSHES = 50_000;
const BLOCKS = 7;

/** Of the fastest block. */
export function emfFlushNs(): number {
  let best = Number.POSITIVE_INFINITY;
  let chars = 0;
  for (let block = 0; block < BLOCKS; block++) {
    const began = process.hrtime.bigint();
    for (let n = 0; n < FLUSHES; n++) chars += flush(n);
    best = Math.min(best, Number(process.hrtime.bigint() - began) / FLUSHES);
  }
  if (chars === 0) throw new Error('nothing was written');
  return best;
}

function flush(n: number): number {
  const lines = emfLines(
    [
      { name: 'OrdersPlaced', value: n, unit: 'Count' },
      { name: 'OrderValue', value: n * 1.5, unit: 'None' },
      { name: 'PaymentTime', value: 12.5, unit: 'Milliseconds' },
    ],
    { namespace: 'Shop', dimensions: { Service: 'orders', Region: 'eu' }, epochMs: 1_763_805_600_000 },
  );
  return lines[0]?.length ?? 0;
}
