/** `trailgate quarantine list`: a row for each thing that is kept, and how many there are for which reason. */
import {
  type KeptFilter,
  type KeptItem,
  keptAt,
  keptBytes,
  keptReason,
  type QuarantineStore,
} from '@trailgate/collectors/s3';
import { oneLine, safeJson } from './quarantine-text.ts';

const REASON_CHARS = 60;
const ORIGIN_CHARS = 60;

/** Prints page by page, however much is kept. Resolves to whether nothing stood in the way of reading all of it. */
export async function listKept(
  store: QuarantineStore,
  filter: KeptFilter,
  json: boolean,
  print: (text: string) => void,
): Promise<boolean> {
  const seen = new Set<string>();
  const reasons = new Map<string, number>();
  let bytes = 0;
  let unreadable = 0;
  for await (const page of store.pages(filter)) {
    for (const item of page.items) {
      if (seen.has(item.id)) continue;
      if (seen.size === 0 && !json) print(row('SET ASIDE', 'BYTES', 'ORIGIN', 'REASON', 'ID'));
      seen.add(item.id);
      bytes += keptBytes(item);
      reasons.set(keptReason(item), (reasons.get(keptReason(item)) ?? 0) + 1);
      print(json ? safeJson(facts(item)) : tableRow(item));
    }
    for (const { place, why } of page.unreadable) {
      unreadable++;
      print(
        json ? safeJson({ unreadable: place, why }) : `cannot be read: ${oneLine(place)}: ${oneLine(why)}`,
      );
    }
  }
  const byReason = [...reasons].sort(([, a], [, b]) => b - a);
  print(
    json
      ? safeJson({ kept: seen.size, bytes, unreadable, reasons: Object.fromEntries(byReason) })
      : totals(seen.size, bytes, unreadable, byReason),
  );
  return unreadable === 0;
}

function totals(
  kept: number,
  bytes: number,
  unreadable: number,
  byReason: readonly (readonly [string, number])[],
): string {
  const rows = byReason.map(([reason, number]) => `${String(number).padStart(9)}  ${oneLine(reason)}`);
  return [
    '',
    `${String(kept).padStart(9)}  kept, ${bytes} bytes`,
    ...rows,
    ...(unreadable === 0 ? [] : [`${String(unreadable).padStart(9)}  objects that cannot be read`]),
  ].join('\n');
}

function tableRow(item: KeptItem): string {
  const time = timeText(keptAt(item));
  const reason = oneLine(keptReason(item), REASON_CHARS);
  return row(
    time,
    String(keptBytes(item)),
    oneLine(originText(item), ORIGIN_CHARS),
    reason,
    oneLine(item.id),
  );
}

function row(time: string, bytes: string, origin: string, reason: string, id: string): string {
  return `${time.padEnd(20)} ${bytes.padStart(9)}  ${origin.padEnd(24)}  ${reason.padEnd(40)}  ${id}`;
}

function facts(item: KeptItem): object {
  const { id, is } = item;
  const origin =
    item.is === 'entry'
      ? item.entry.origin
      : { stream: item.batch.streamArn, shardId: item.batch.shardId, function: item.batch.functionArn };
  return { id, is, at: keptAt(item), reason: keptReason(item), origin, bytes: keptBytes(item) };
}

/** The log group, or for what has none the shard. */
export function originText(item: KeptItem): string {
  if (item.is === 'batch') {
    const { streamArn, shardId, event } = item.batch;
    const stream = streamArn.slice(streamArn.lastIndexOf('/') + 1);
    return `${stream} ${shardId} (${event.Records.length} records)`;
  }
  const { logGroup, kinesis } = item.entry.origin;
  return logGroup === '' ? `a record of ${kinesis?.shardId ?? 'an unknown shard'}` : logGroup;
}

/** To the second; what is no time is said so. */
export function timeText(ms: number): string {
  const time = new Date(ms);
  return Number.isNaN(time.getTime()) ? 'no time' : time.toISOString().replace(/\.\d+Z$/, 'Z');
}
