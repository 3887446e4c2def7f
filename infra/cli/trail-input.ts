/** Reads what a trail was kept in: log lines, exports of CloudWatch Logs, documents, or the local stack's index. */
import { createReadStream, existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import type { TrailInput } from '@trailgate/sdk/wire';
import { SqliteIndex } from '../local/index/sqlite-index.ts';
import { UsageError } from './usage-error.ts';

/** A file that was opened and then could not be read to its end. */
export class TrailInputError extends Error {
  override readonly name = 'TrailInputError';
  readonly code = 'TRAIL_INPUT';

  constructor(path: string, reason: string) {
    super(`${path}: expected lines, gzip or JSON documents, got ${reason}`);
  }
}

type Json = Readonly<Record<string, unknown>>;

const GZIP = [0x1f, 0x8b] as const;
/** What `aws logs tail` and exports to S3 put before a line: the time, and perhaps the stream. */
const EXPORT_PREFIX = /^\d{4}-\d\d-\d\dT\S+ (?:\S+ )?(?=\{"level":")/;

/**
 * Lines in their order, documents as objects.
 * @throws UsageError for a file that cannot be opened
 * @throws TrailInputError
 */
export async function* fileInputs(path: string): AsyncGenerator<TrailInput> {
  const gzipped = await isGzip(path);
  const lines = linesOf(chunksOf(path, gzipped));
  try {
    let whole: string | undefined;
    let first = true;
    for await (const line of lines) {
      if (first && line.trim() !== '') {
        first = false;
        // An array, or an object over several lines, is read as one.
        if (line.trimStart().startsWith('[') || line.trim() === '{') whole = '';
      }
      if (whole === undefined) yield* lineInputs(line);
      else whole += `${line}\n`;
    }
    if (whole !== undefined) yield* documentInputs(JSON.parse(whole));
  } catch (error) {
    // The parser's message quotes the text, which may hold what must not be shown.
    const reason = error instanceof SyntaxError ? 'text that is not JSON' : (error as Error).message;
    throw new TrailInputError(path, reason);
  }
}

/**
 * All documents of a local stack's data folder.
 * @throws UsageError where there is no index
 */
export function* indexInputs(folder: string): Generator<TrailInput> {
  const path = join(folder, 'index.sqlite');
  if (!existsSync(path))
    throw new UsageError(`--data: expected a folder with an index.sqlite, got "${folder}"`);
  const index = new SqliteIndex(path);
  try {
    for (const { source } of index.all()) yield JSON.parse(source) as Json;
  } finally {
    index.close();
  }
}

function* lineInputs(line: string): Generator<TrailInput> {
  const bare = line.replace(EXPORT_PREFIX, '');
  if (bare.startsWith('{"level":"') || !bare.startsWith('{')) {
    yield bare;
    return;
  }
  let value: unknown;
  try {
    value = JSON.parse(bare);
  } catch {
    // Another program's line.
    yield bare;
    return;
  }
  yield* documentInputs(value);
}

/**
 * What stands in a list or in an answer of OpenSearch (`hits.hits[]._source`) or of CloudWatch Logs (`events[].message`,
 * `logEvents[].message`); anything else as it is.
 */
function* documentInputs(value: unknown): Generator<TrailInput> {
  if (Array.isArray(value)) {
    for (const item of value) yield* documentInputs(item);
  } else if (typeof value === 'string') yield* lineInputs(value);
  else if (typeof value === 'object' && value !== null) {
    const object = value as Json;
    const hits = (object.hits as Json | undefined)?.hits;
    const events = object.events ?? object.logEvents;
    if (Array.isArray(hits)) yield* documentInputs(hits);
    else if (Array.isArray(events))
      yield* documentInputs(events.map((event) => (event as Json | null)?.message));
    else if (typeof object._source === 'object') yield* documentInputs(object._source);
    else yield object;
  }
}

/** Cut at line feeds only: a record may hold other line ends of Unicode inside its texts. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest: string[] = [];
  for await (const chunk of chunks) {
    const [head = '', ...more] = decoder.write(Buffer.from(chunk)).split('\n');
    rest.push(head);
    for (const line of more) {
      yield withoutReturn(rest.join(''));
      rest = [line];
    }
  }
  rest.push(decoder.end());
  const last = rest.join('');
  if (last !== '') yield withoutReturn(last);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function chunksOf(path: string, gzipped: boolean): AsyncIterable<Uint8Array> {
  const file = createReadStream(path);
  if (!gzipped) return file;
  const inflated = createGunzip();
  file.on('error', (error) => inflated.destroy(error));
  return file.pipe(inflated);
}

async function isGzip(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer[0] === GZIP[0] && buffer[1] === GZIP[1];
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path}: expected a file that can be read, got ${code ?? message}`);
  }
}
