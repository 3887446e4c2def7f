/** Finds the spans that sent the records of a batch, so that the batch can be linked to each of them. */
import { correlate } from '../correlation/correlation.ts';
import { readRecords } from '../event/records.ts';

export interface Producer {
  readonly traceId: string;
  readonly spanId: string;
}

/** OpenTelemetry's own limit on the links of a span. */
const MAX_LINKS = 128;
/** So many records are looked at: a batch of 10,000 mostly has a handful of senders or none that traces. */
const MAX_RECORDS = 1000;

/** Each sender once. Never throws. */
export function producersOf(event: unknown): Producer[] {
  const found = new Map<string, Producer>();
  let looked = 0;
  try {
    for (const { headers } of readRecords(event)) {
      if (++looked > MAX_RECORDS || found.size >= MAX_LINKS) break;
      // Only what came with the record is asked for, so no ids are drawn.
      const { traceId, parentSpanId } = correlate(headers, (bytes) => '0'.repeat(bytes * 2));
      if (parentSpanId !== undefined)
        found.set(`${traceId}${parentSpanId}`, { traceId, spanId: parentSpanId });
    }
  } catch {
    // A record that cannot be read ends the list; what was found before it still says something.
  }
  return [...found.values()];
}
