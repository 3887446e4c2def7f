/** Reads the ids that ride in the headers of Kafka records: a list of one-member objects, values as bytes. */
import type { HeaderDraft } from '../../correlation/correlation-headers.ts';
import { field } from '../field.ts';
import { takeAttributes } from './attributes.ts';

const MAX_HEADERS = 50;
const MAX_VALUE_BYTES = 8192;

export function takeKafkaHeaders(record: unknown, draft: HeaderDraft): void {
  const list = field(record, 'headers');
  if (!Array.isArray(list) || list.length === 0) return;
  const values: Record<string, unknown> = {};
  for (let i = 0; i < Math.min(list.length, MAX_HEADERS); i++) {
    const header: unknown = list[i];
    if (typeof header !== 'object' || header === null) continue;
    for (const name in header) {
      if (name !== '__proto__') values[name] = field(header, name);
      break;
    }
  }
  takeAttributes(values, bytesText, draft);
}

function bytesText(bytes: unknown): string | undefined {
  if (!Array.isArray(bytes) || bytes.length > MAX_VALUE_BYTES) return undefined;
  return Buffer.from(bytes.map(Number)).toString('latin1');
}
