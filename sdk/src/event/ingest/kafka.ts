/** Reads the ids that ride in the headers of Kafka records: a list of one-member objects, values as bytes. */
import type { HeaderDraft } from '../../correlation/correlation-headers.ts';
import { takeAttributes } from './attributes.ts';

const MAX_HEADERS = 50;

export function takeKafkaHeaders(list: unknown, draft: HeaderDraft): void {
  if (!Array.isArray(list)) return;
  const headers = list.slice(0, MAX_HEADERS).map((header: unknown) => Object.entries(header ?? {}));
  takeAttributes(Object.fromEntries(headers.flat()), draft);
}
