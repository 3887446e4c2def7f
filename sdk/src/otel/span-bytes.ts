/** Says about how much memory and room in a message a span takes. */
import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** Ids, times and status. */
const SPAN_BYTES = 256;
const LINK_BYTES = 96;
const EVENT_BYTES = 48;
const VALUE_BYTES = 16;

export function spanBytes(span: ReadableSpan): number {
  let bytes = SPAN_BYTES + span.name.length + attributeBytes(span.attributes);
  bytes += span.status.message?.length ?? 0;
  for (const event of span.events) {
    bytes += EVENT_BYTES + event.name.length + attributeBytes(event.attributes);
  }
  for (const link of span.links) bytes += LINK_BYTES + attributeBytes(link.attributes);
  return bytes;
}

function attributeBytes(attributes: Attributes | undefined): number {
  let bytes = 0;
  for (const name in attributes) bytes += name.length + valueBytes(attributes[name]);
  return bytes;
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return VALUE_BYTES + value.length;
  if (typeof value !== 'object' || value === null) return VALUE_BYTES;
  if (ArrayBuffer.isView(value)) return VALUE_BYTES + value.byteLength;
  let bytes = VALUE_BYTES;
  for (const member of Object.values(value)) bytes += valueBytes(member);
  return bytes;
}
