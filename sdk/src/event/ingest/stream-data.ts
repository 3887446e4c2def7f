/** Reads the ids that ride in the data of Kinesis and Firehose records: JSON in base64. */
import { CARRIER_NAME, takeCarrier } from '../../correlation/carrier.ts';
import type { HeaderDraft } from '../../correlation/correlation-headers.ts';
import { takeEnvelope } from './envelope.ts';
import { readPayloadText } from './payload-text.ts';
import { scanMember } from './scan-member.ts';

/** 64 KiB of data; of what is longer only both ends are decoded. */
const MAX_DECODED_CHARS = 87_384;
/** 4 KiB of data. */
const END_CHARS = 5_464;

export function takeStreamData(data: unknown, draft: HeaderDraft): void {
  // The first digit of whatever begins with `{`.
  if (typeof data !== 'string' || !data.startsWith('e')) return;
  if (data.length <= MAX_DECODED_CHARS) {
    takeEnvelope(readPayloadText(decoded(data)), draft);
    return;
  }
  // Cut where a group of four begins.
  const tail = (Math.ceil(data.length / 4) - END_CHARS / 4) * 4;
  for (const end of [data.slice(0, END_CHARS), data.slice(tail)]) {
    if (takeCarrier(scanMember(decoded(end), CARRIER_NAME), draft)) return;
  }
}

/** As Latin-1: ids are ASCII, and it is still JSON whatever the text was. */
function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}
