/** Finds again the lines whose documents an index refused, and makes their quarantine entries. */
import type { KinesisStreamRecord } from 'aws-lambda';
import type { Delivery, Rejection } from '../delivery/bulk-sender.ts';
import type { QuarantineEntry } from '../ports.ts';
import { quarantineLine } from '../quarantine/quarantine-entry.ts';
import { readRecord } from './record-lines.ts';
import type { Workspace } from './workspace.ts';

/** Refused documents are few, so their records are read once more instead of every line being kept until it is indexed. */
export function* rejectedLines(
  records: readonly KinesisStreamRecord[],
  deliveries: readonly Delivery[],
  { rules, spans, redaction }: Workspace,
  at: number,
): Generator<{ readonly record: number; readonly entry: QuarantineEntry }> {
  const byRecord = Map.groupBy(
    deliveries.flatMap(({ rejected }) => rejected),
    ({ origin }) => origin.record,
  );
  for (const [record, rejections] of byRecord) {
    const kinesis = records[record];
    const reading = kinesis && readRecord(kinesis, rules, spans);
    if (kinesis === undefined || reading?.is !== 'read') continue;
    for (const { origin, reason } of sorted(rejections)) {
      const { line } = reading.lines.line(origin.line);
      yield { record, entry: quarantineLine(line, `index: ${reason}`, kinesis, at, redaction) };
    }
  }
}

function sorted(rejections: readonly Rejection[]): readonly Rejection[] {
  return rejections.toSorted((a, b) => a.origin.line - b.origin.line);
}
