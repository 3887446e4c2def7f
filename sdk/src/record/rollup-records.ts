/** Builds the records that say what was counted. */
import { shareOut } from '../rollup/share-out.ts';
import type { Rollup, RollupBody } from '../wire/record.ts';
import type { PendingRecord } from '../writer/record-writer.ts';
import { commonFields } from './common-fields.ts';
import { tailOf } from './request-record.ts';

export function rollupRecords(
  rollup: Rollup,
  { service, timestamp }: { readonly service: string; readonly timestamp: string },
): PendingRecord[] {
  return shareOut(rollup).map((part): PendingRecord => {
    const body: RollupBody = {
      ...commonFields(service, undefined),
      message: `${part.invocations} invocations counted`,
      rollup: part,
    };
    return { level: 'INFO', timestamp, channel: 'business', kind: 'rollup', weight: 1, tail: tailOf(body) };
  });
}
