/** Quarantine entries for tests, each of its own line. */
import type { QuarantineEntry } from '../../ports.ts';

const AT = Date.parse('2026-11-22T10:00:00.000Z');

export function entry(number: number, change: Partial<QuarantineEntry> = {}): QuarantineEntry {
  return {
    id: `stream-${String(number).padStart(6, '0')}`,
    reason: 'index: mapper_parsing_exception',
    origin: {
      owner: '123456789012',
      logGroup: '/aws/lambda/orders',
      logStream: 'stream',
      eventId: String(number).padStart(6, '0'),
      kinesis: { shardId: 'shardId-000000000000', sequenceNumber: String(100 + number) },
      time: AT - 2_000,
      arrival: AT - 1_000,
    },
    raw: Buffer.from(`line ${number}`).toString('base64'),
    at: AT + number,
    ...change,
  };
}
