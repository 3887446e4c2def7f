/** Lines of chained trails for the tests that check them, and lines as somebody without the key would write them. */
import { RecordWriter } from '../writer/record-writer.ts';
import type { TrailBody, TrailLink } from './record.ts';
import { linkHash } from './trail-chain.ts';
import { type VerifyOptions, verifyTrail } from './trail-chain-verify.ts';

export const KEY = new Uint8Array(32).fill(7);
export const keys = (id: string): Uint8Array | undefined => (id === 'k1' ? KEY : undefined);
export const TIME = '2026-11-22T20:15:30.000Z';

function bodyOf(reason: string): TrailBody {
  return {
    message: `authz_fail: ${reason}`,
    service: { name: 'orders' },
    principal: 'user:ann',
    event: {
      kind: 'event',
      category: ['api'],
      type: ['denied'],
      action: 'authz_fail',
      outcome: 'failure',
      reason,
    },
    count: 1,
    fields: { '10': 'ten', '2': 'two', note: 'größer' },
  };
}

const tailOf = (body: object): string => `,${JSON.stringify(body).slice(1)}\n`;
const ROLLUP = { since: TIME, invocations: 1, requests: [], latency: [], counters: [], principals: [] };
const head = { level: 'INFO', timestamp: TIME, weight: 1 } as const;

/** Lines of one instance: trail records, each with a business line behind it, and a rollup at the end. */
export function linesOf(instance: string, records: number, keyFrom = Number.POSITIVE_INFINITY): string[] {
  let text = '';
  const writer = new RecordWriter(instance, (written) => {
    text += written;
  });
  for (let n = 0; n < records; n++) {
    if (n === keyFrom) writer.chain.anchor('k1', KEY);
    const chained = bodyOf(`reason ${n}`);
    writer.write([
      { ...head, channel: 'trail', kind: 'trail', tail: tailOf(chained), chained },
      {
        ...head,
        channel: 'business',
        kind: 'log',
        tail: tailOf({ message: 'x', service: { name: 'orders' } }),
      },
    ]);
  }
  const body = { message: 'counted', service: { name: 'orders' }, rollup: ROLLUP };
  writer.write([{ ...head, channel: 'business', kind: 'rollup', tail: tailOf(body) }]);
  return text.trimEnd().split('\n');
}

export const A = 'aaaaaaaaaaaaaaaa';
export const B = 'bbbbbbbbbbbbbbbb';
export const isTrail = (line: string): boolean => line.includes('"kind":"trail"');
export const problems = (lines: readonly string[], options: VerifyOptions = {}): string[] =>
  verifyTrail(lines, options).instances.flatMap(({ findings }) => findings.map(({ problem }) => problem));

/** A line as somebody without the key would write it anew: changed, with a hash that fits. */
export function forge(line: string, change: (record: Record<string, unknown>) => void): string {
  const record = JSON.parse(line) as Record<string, unknown> & { chain: Partial<TrailLink> };
  change(record);
  return JSON.stringify({ ...record, chain: { ...record.chain, hash: linkHash(record) } });
}
