/** For tests: data folders as a stack leaves them, filled by the real collector, and the command run on them. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BulkOutcome, createCollector, type IndexPort } from '@trailgate/collectors';
import type { KinesisStreamEvent } from 'aws-lambda';
import { afterAll, vi } from 'vitest';
import type { StreamRecord } from '../local/event-source/stream-record.ts';
import { SqliteIndex } from '../local/index/sqlite-index.ts';
import { FolderQuarantine } from '../local/storage/folder-quarantine.ts';
import { quarantine } from './quarantine.ts';

export const root = mkdtempSync(join(tmpdir(), 'trailgate-quarantine-'));
afterAll(() => rmSync(root, { recursive: true }));

const ARRIVAL = Date.parse('2026-11-22T10:00:00.000Z');
/** Events are of the day before their arrival, and set aside the day after it. */
const EVENT = ARRIVAL - 12 * 3_600_000;
export const NOW = ARRIVAL + 24 * 3_600_000;
export const ORIGIN = {
  shardId: 'shardId-000000000000',
  streamArn: 'arn:aws:kinesis:eu-central-1:123456789012:stream/logs',
  functionName: 'collector',
};

export function newFolder(): string {
  const data = mkdtempSync(join(root, 'data-'));
  for (const name of ['quarantine', 'failures']) mkdirSync(join(data, name));
  return data;
}

interface Line {
  readonly message: string;
  readonly id?: string;
}

export function recordOf(number: number, stream: string, lines: readonly Line[]): StreamRecord {
  const subscription = {
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: '/aws/lambda/orders',
    logStream: stream,
    subscriptionFilters: ['trailgate'],
    logEvents: lines.map(({ message, id }, position) => ({
      id: id ?? `${number}000${position}`,
      timestamp: EVENT + position,
      message,
    })),
  };
  return asRecord(number, gzipSync(JSON.stringify(subscription)));
}

export function asRecord(number: number, data: Uint8Array): StreamRecord {
  const text = Buffer.from(data).toString('base64');
  return { sequenceNumber: String(number), partitionKey: 'p', data: text, arrivedAt: ARRIVAL };
}

export function lines(count: number, prefix: string): readonly Line[] {
  return Array.from({ length: count }, (_, number) => ({ message: `${prefix} ${number}` }));
}

/** Takes the events as the stack's collector does, with an index that refuses lines that say poison. */
export async function collect(
  data: string,
  event: KinesisStreamEvent,
  poison: RegExp,
  maxInflatedBytes = 67_108_864,
): Promise<void> {
  const index = new SqliteIndex(join(data, 'index.sqlite'));
  const picky: IndexPort = {
    async bulk(documents) {
      const outcomes: BulkOutcome[] = [];
      for (let at = 0; at < documents.count; at++) {
        const source = Buffer.from(documents.source(at)).toString();
        const one = { ...oneOf(documents, at) };
        outcomes.push(
          poison.test(source)
            ? { status: 'rejected', reason: 'mapper_parsing_exception' }
            : ((await index.bulk(one))[0] ?? { status: 'retry', reason: 'none' }),
        );
      }
      return outcomes;
    },
  };
  const answer = await createCollector(
    {
      index: picky,
      quarantine: new FolderQuarantine(join(data, 'quarantine')),
      signals: { put: async () => undefined },
      clock: () => NOW,
      sleep: async () => undefined,
      random: () => 0.5,
    },
    { maxInflatedBytes },
  )(event);
  index.close();
  if (answer.batchItemFailures.length > 0) throw new Error('collect: expected all of it to be placed');
}

function oneOf(documents: Parameters<IndexPort['bulk']>[0], at: number): Parameters<IndexPort['bulk']>[0] {
  return {
    count: 1,
    bytes: new Uint8Array(),
    index: () => documents.index(at),
    id: () => documents.id(at),
    source: () => documents.source(at),
  };
}

export function documentsIn(data: string): readonly string[] {
  const index = new SqliteIndex(join(data, 'index.sqlite'));
  const documents = [...index.all()].map(({ index: name, id, source }) => `${name}/${id} ${source}`).sort();
  index.close();
  return documents;
}

export const kept = (data: string, ...inside: readonly string[]): number =>
  existsSync(join(data, ...inside))
    ? readdirSync(join(data, ...inside)).filter((name) => name.endsWith('.json')).length
    : 0;

export async function run(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string }> {
  const said: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
  try {
    return { code: await quarantine(args), out: said.join('\n') };
  } finally {
    spy.mockRestore();
  }
}

export const NOTHING = /(?!)/;
