/** Puts quarantine entries together into few objects, each named by the entries that it holds. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { shortHash } from '../documents/document-id.ts';
import { isLogTime, LAST_MS } from '../log-time.ts';
import type { QuarantineEntry } from '../ports.ts';

/** JSON of the entries of one object; an entry that is larger has one of its own. */
const OBJECT_BYTES = 4_000_000;
/** Bounds the memory of a reader: twice a Kinesis record of 10 MiB in base64. */
const MAX_INFLATED_BYTES = 33_554_432;

/** Entries of one object, by id and each id once. */
export type Bundle = readonly QuarantineEntry[];

/** An object under `quarantine/` is none of the collector's. */
export class QuarantineObjectError extends Error {
  readonly code = 'QUARANTINE_OBJECT';
  override readonly name = 'QuarantineObjectError';
}

/** The same entries in any order make the same bundles. */
export function bundlesOf(entries: readonly QuarantineEntry[]): readonly Bundle[] {
  const byId = new Map<string, QuarantineEntry>();
  for (const entry of entries) if (!byId.has(entry.id)) byId.set(entry.id, entry);
  const bundles: QuarantineEntry[][] = [];
  let room = 0;
  for (const entry of [...byId.values()].sort(byEntryId)) {
    const size = sizeOf(entry);
    if (size > room) {
      bundles.push([]);
      room = OBJECT_BYTES;
    }
    bundles.at(-1)?.push(entry);
    room -= size;
  }
  return bundles;
}

/**
 * `YYYY/MM/DD/<hash of the ids>.ndjson.gz`, in the day of the earliest arrival: a batch that is delivered again finds its
 * object whatever day it is then. One key always holds the same ids.
 */
export function bundleKey(bundle: Bundle): string {
  const first = bundle.reduce((time, entry) => Math.min(time, arrivalOf(entry)), LAST_MS);
  const day = new Date(first).toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/${shortHash(bundle.map(({ id }) => id).join('\n'))}.ndjson.gz`;
}

export async function encodeBundle(bundle: Bundle): Promise<Uint8Array> {
  return await promisify(gzip)(bundle.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
}

/** @throws QuarantineObjectError */
export async function decodeBundle(bytes: Uint8Array): Promise<Bundle> {
  const inflated = await inflate(bytes);
  return inflated
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line, position) => entryOf(line, position + 1));
}

async function inflate(bytes: Uint8Array): Promise<Buffer> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MAX_INFLATED_BYTES });
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'an error';
    throw new QuarantineObjectError(`expected gzip of at most ${MAX_INFLATED_BYTES} bytes, got ${why}`);
  }
}

/** @throws QuarantineObjectError for JSON that is no quarantine entry; `line` is from 1. */
export function entryOf(json: string, line: number): QuarantineEntry {
  const entry = parsed(json) as Partial<QuarantineEntry> | null | undefined;
  const { id, reason, origin, raw, at } = entry ?? {};
  if (typeof id === 'string' && typeof reason === 'string' && typeof raw === 'string') {
    if (typeof origin?.logGroup === 'string' && isLogTime(at)) return entry as QuarantineEntry;
  }
  throw new QuarantineObjectError(
    `line ${line}: expected an entry with id, reason, origin, raw and at, got other JSON or none`,
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // told by the caller, without the text
  }
}

function arrivalOf({ origin, at }: QuarantineEntry): number {
  if (isLogTime(origin.arrival)) return origin.arrival;
  return isLogTime(at) ? at : 0;
}

/** Close enough to its JSON, without making it. */
function sizeOf({ raw, reason, origin }: QuarantineEntry): number {
  return raw.length + reason.length + origin.logGroup.length + origin.logStream.length + 300;
}

function byEntryId(a: QuarantineEntry, b: QuarantineEntry): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
