/** The largest event that Lambda hands over, 6 MB with its base64, whose records inflate ten times. */
import { gzipSync } from 'node:zlib';
import type { KinesisStreamEvent } from 'aws-lambda';
import { eventOf, subscriptionText } from './events.ts';
import { chanceOf, lineWriter } from './lines.ts';

/** Lambda: request payload of an invocation, 6 MB; what is not data takes some of it. */
const MAX_DATA_BYTES = 4_450_000;
const INFLATION = 10;

export interface LargeEvent {
  readonly event: KinesisStreamEvent;
  readonly lines: number;
  readonly inflatedBytes: number;
}

/** In `records` records of equal size; the words are repeated in each message until it inflates as it should. */
export function largeEvent(records: number, words: string): LargeEvent {
  const repeats = repeatsFor(words);
  const each = Math.floor(MAX_DATA_BYTES / records);
  const linesOfEach = linesFor(each, words, repeats);
  const texts = Array.from({ length: records }, (_, record) =>
    recordText(record, linesOfEach, words, repeats),
  );
  return {
    event: eventOf(texts.map((text) => gzipSync(text))),
    lines: records * linesOfEach,
    inflatedBytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
  };
}

function recordText(record: number, lines: number, words: string, repeats: number): string {
  const writer = lineWriter(chanceOf(record + 1), `${words} `.repeat(repeats));
  return subscriptionText(
    record,
    Array.from({ length: lines }, (_, n) => writer.line(n)),
  );
}

/** As few as make a record inflate by what is asked. */
function repeatsFor(words: string): number {
  for (let repeats = 1; ; repeats++) {
    const text = recordText(1, 500, words, repeats);
    if (Buffer.byteLength(text) / gzipSync(text).length >= INFLATION) return repeats;
  }
}

function linesFor(gzipBytes: number, words: string, repeats: number): number {
  const sample = 2000;
  return Math.floor((gzipBytes / gzipSync(recordText(1, sample, words, repeats)).length) * sample);
}
