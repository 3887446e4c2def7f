/** `trailgate quarantine show`: why one thing is kept, where it came from, and its bytes, safe to look at. */
import { constants, gunzipSync } from 'node:zlib';
import {
  type KeptBatch,
  type KeptEntry,
  type KeptItem,
  keptAt,
  keptBytes,
  keptReason,
  type QuarantineStore,
} from '@trailgate/collectors/s3';
import { timeText } from './quarantine-list.ts';
import { oneLine, quotedBytes, safeJson } from './quarantine-text.ts';
import { UsageError } from './usage-error.ts';

/** Of one record; `--json` has all of it. */
const SHOWN_BYTES = 16_384;
const SHOWN_RECORDS = 20;
/** Of gzip that is inflated to be shown. */
const MAX_INFLATED_BYTES = 67_108_864;

/** @throws UsageError for an id that is not kept. */
export async function describeKept(store: QuarantineStore, id: string, json: boolean): Promise<string> {
  const item = await find(store, id);
  if (json) return safeJson(item, 2);
  return item.is === 'entry' ? describeEntry(item) : describeBatch(item);
}

async function find(store: QuarantineStore, id: string): Promise<KeptItem> {
  for await (const { items } of store.pages({ ids: new Set([id]) })) {
    const [found] = items;
    if (found !== undefined) return found;
  }
  throw new UsageError(`show: expected the id of something that is kept, got "${oneLine(id, 100)}"`);
}

function describeEntry(item: KeptEntry): string {
  const { origin, raw, redacted } = item.entry;
  const { kinesis } = origin;
  return [
    ...opening(item),
    ...field('account', origin.owner),
    ...field('log group', origin.logGroup),
    ...field('log stream', origin.logStream),
    ...field('event id', origin.eventId),
    ...field('time', origin.time === undefined ? '' : timeText(origin.time)),
    ...field('arrival', origin.arrival === undefined ? '' : timeText(origin.arrival)),
    ...field('kinesis', kinesis === undefined ? '' : `${kinesis.shardId} ${kinesis.sequenceNumber}`),
    ...field('redacted', redacted === true ? 'secrets in the bytes were hidden' : ''),
    ...describeBytes(Buffer.from(raw, 'base64')),
  ].join('\n');
}

function describeBatch(item: KeptBatch): string {
  const { batch } = item;
  const { Records: records } = batch.event;
  const shown = records.slice(0, SHOWN_RECORDS).flatMap(({ kinesis }) => {
    const arrival = timeText(kinesis.approximateArrivalTimestamp * 1000);
    return [
      `record ${oneLine(kinesis.sequenceNumber)}, arrived ${arrival}`,
      ...describeBytes(Buffer.from(kinesis.data, 'base64')),
    ];
  });
  return [
    ...opening(item),
    ...field('function', batch.functionArn),
    ...field('stream', batch.streamArn),
    ...field('shard', batch.shardId),
    ...field('range', `${batch.startSequenceNumber} to ${batch.endSequenceNumber}`),
    ...field('records', String(records.length)),
    ...shown,
    ...(records.length > SHOWN_RECORDS ? [`and ${records.length - SHOWN_RECORDS} more records`] : []),
  ].join('\n');
}

function opening(item: KeptItem): string[] {
  return [
    ...field('id', item.id),
    ...field('reason', keptReason(item)),
    ...field('set aside', timeText(keptAt(item))),
    ...field('bytes', String(keptBytes(item))),
    ...field('kept in', item.place),
  ];
}

function field(name: string, value: string): string[] {
  return value === '' ? [] : [`${name.padEnd(11)} ${oneLine(value)}`];
}

function describeBytes(bytes: Uint8Array): string[] {
  const inflated = inflatedOrNot(bytes);
  const content = inflated ?? bytes;
  const shown = content.subarray(0, SHOWN_BYTES);
  const more = content.length - shown.length;
  return [
    ...(inflated === undefined ? [] : [`gzip; what inflates of it, ${content.length} bytes:`]),
    quotedBytes(withoutCutCharacter(shown, more > 0)),
    ...(more > 0 ? [`and ${more} more bytes`] : []),
  ];
}

/** Also the beginning of gzip that was cut off; undefined for what is no gzip or a bomb. */
function inflatedOrNot(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined;
  try {
    const inflated = gunzipSync(bytes, {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: MAX_INFLATED_BYTES,
    });
    return inflated.length === 0 ? undefined : inflated;
  } catch {
    return undefined; // shown as the bytes that it is
  }
}

/** Without the rest of a UTF-8 character at the cut, which would make all of it look binary. */
function withoutCutCharacter(bytes: Uint8Array, cut: boolean): Uint8Array {
  let end = bytes.length;
  for (let back = 1; cut && back <= 4 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    if (byte >= 0xc0) end = bytes.length - back;
    break;
  }
  return bytes.subarray(0, end);
}
