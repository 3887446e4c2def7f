import { describe, expect, test } from 'vitest';
import { readHead } from '../wire/head.ts';
import { Batch } from './batch.ts';
import { type PendingRecord, RecordWriter } from './record-writer.ts';

const RECORD: PendingRecord = {
  level: 'INFO',
  timestamp: '2026-11-22T10:00:00.000Z',
  channel: 'business',
  kind: 'log',
  weight: 1,
  tail: ',"message":"hello"}\n',
};

function collected(): { writer: RecordWriter; writes: string[] } {
  const writes: string[] = [];
  return { writes, writer: new RecordWriter('00000000000000aa', (text) => writes.push(text)) };
}

function sequence(text: string): number[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const head = readHead(line);
      return head.is === 'record' ? head.head.seq : -1;
    });
}

describe('record writer', () => {
  test('numbers run from 0 by one across writes', () => {
    const { writer, writes } = collected();
    writer.write([RECORD, RECORD]);
    writer.write([RECORD]);
    expect(writes.map(sequence)).toEqual([[0, 1], [2]]);
  });

  test('an output that throws is survived and leaves a gap', () => {
    const writes: string[] = [];
    let broken = true;
    const writer = new RecordWriter('00000000000000aa', (text) => {
      if (broken) throw new Error('no space left');
      writes.push(text);
    });
    writer.write([RECORD]);
    broken = false;
    writer.write([RECORD]);
    expect(writes.map(sequence)).toEqual([[1]]);
  });
});

describe('batch', () => {
  test('records of one invocation leave in one write, interleaved invocations keep the order of the lines', () => {
    const { writer, writes } = collected();
    const first = new Batch(writer);
    const second = new Batch(writer);
    first.add(RECORD);
    second.add(RECORD);
    first.add(RECORD);
    expect(writes).toEqual([]);
    second.close();
    first.close();
    expect(writes.map(sequence)).toEqual([[0], [1, 2]]);
  });

  test('a large batch is written early', () => {
    const { writer, writes } = collected();
    const batch = new Batch(writer);
    for (let i = 0; i < 300; i++) batch.add(RECORD);
    expect(writes.length).toBe(1);
    batch.close();
    expect(writes.flatMap(sequence)).toEqual(Array.from({ length: 300 }, (_, i) => i));
  });

  test('a line after the end is written at once', () => {
    const { writer, writes } = collected();
    const batch = new Batch(writer);
    batch.close();
    batch.add(RECORD);
    expect(writes.length).toBe(1);
  });
});
