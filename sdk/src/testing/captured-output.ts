/** Takes what the SDK writes instead of standard output, and reads it back as records. */
import { readHead } from '../wire/head.ts';
import type { LogBody, RecordHead, RequestBody, RollupBody, TrailBody } from '../wire/record.ts';

export type LogRecord = RecordHead & LogBody & { readonly kind: 'log' };
export type RequestRecord = RecordHead & RequestBody & { readonly kind: 'request' };
export type RollupRecord = RecordHead & RollupBody & { readonly kind: 'rollup' };
export type TrailRecord = RecordHead & TrailBody & { readonly kind: 'trail' };
/** What a line says: its head's members and its body's, side by side. */
export type TestRecord = LogRecord | RequestRecord | RollupRecord | TrailRecord;

/** The lists grow as lines are written: they stay the same objects. */
export interface CapturedOutput {
  /** All records, in the order of their lines. */
  readonly records: readonly TestRecord[];
  readonly logs: readonly LogRecord[];
  readonly trail: readonly TrailRecord[];
  readonly requests: readonly RequestRecord[];
  readonly rollups: readonly RollupRecord[];
  /** All lines as they were written, those that are no records included. */
  readonly lines: readonly string[];
  /** What was written at once, whole lines. */
  readonly writes: readonly string[];
  /** Forgets all that was written. */
  clear(): void;
}

export function captureOutput(): CapturedOutput & { readonly write: (text: string) => void } {
  const logs: LogRecord[] = [];
  const trail: TrailRecord[] = [];
  const requests: RequestRecord[] = [];
  const rollups: RollupRecord[] = [];
  const records: TestRecord[] = [];
  const lines: string[] = [];
  const writes: string[] = [];

  function take(line: string): void {
    lines.push(line);
    const record = readRecord(line);
    if (record === undefined) return;
    records.push(record);
    switch (record.kind) {
      case 'log':
        logs.push(record);
        break;
      case 'trail':
        trail.push(record);
        break;
      case 'request':
        requests.push(record);
        break;
      case 'rollup':
        rollups.push(record);
        break;
    }
  }

  return {
    ...{ records, logs, trail, requests, rollups, lines, writes },
    clear() {
      for (const list of [records, logs, trail, requests, rollups, lines, writes]) list.length = 0;
    },
    write(text) {
      writes.push(text);
      for (const line of text.split('\n')) if (line !== '') take(line);
    },
  };
}

/** Undefined for a line that is no record of this contract. */
export function readRecord(line: string): TestRecord | undefined {
  const reading = readHead(line);
  if (reading.is !== 'record') return undefined;
  const { level: _level, timestamp: _timestamp, trailgate: _machine, ...body } = JSON.parse(line);
  return { ...reading.head, ...body } as TestRecord;
}
