/** Reads the ids that ride in the item of a DynamoDB stream record: members as everywhere, typed as DynamoDB does. */
import { CARRIER_NAME } from '../../correlation/carrier.ts';
import type { HeaderDraft } from '../../correlation/correlation-headers.ts';
import { field } from '../field.ts';
import { DATADOG_NAME, DAZN_MEMBER, takePayload } from './payload.ts';

const MEMBERS = [CARRIER_NAME, 'traceparent', 'tracestate', DAZN_MEMBER, DATADOG_NAME] as const;
const MAX_MAP_MEMBERS = 50;

/** Of the new image, or of the old one where the item was removed. */
export function takeItemImage(change: unknown, draft: HeaderDraft): void {
  const image = field(change, 'NewImage') ?? field(change, 'OldImage');
  const payload: Record<string, unknown> = {};
  for (const member of MEMBERS) {
    const attribute = field(image, member);
    const map = Object.entries(field(attribute, 'M') ?? {}).slice(0, MAX_MAP_MEMBERS);
    payload[member] =
      plain(attribute) ?? Object.fromEntries(map.map(([name, value]) => [name, plain(value)]));
  }
  takePayload(payload, draft);
}

function plain(attribute: unknown): unknown {
  return field(attribute, 'S') ?? field(attribute, 'N') ?? field(attribute, 'BOOL');
}
