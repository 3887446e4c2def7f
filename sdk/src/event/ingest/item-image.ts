/** Reads the ids that ride in the item of a DynamoDB stream record: members as everywhere, typed as DynamoDB does. */
import { CARRIER_NAME } from '../../correlation/carrier.ts';
import type { HeaderDraft } from '../../correlation/correlation-headers.ts';
import { field } from '../field.ts';
import { DATADOG_NAME, DAZN_MEMBER, takePayload } from './payload.ts';

const MEMBERS = [CARRIER_NAME, 'traceparent', 'tracestate', DAZN_MEMBER, DATADOG_NAME] as const;
const MAX_MAP_MEMBERS = 50;

/** Of the new image, or of the old one where the item was removed. */
export function takeItemImage(record: unknown, draft: HeaderDraft): void {
  const change = field(record, 'dynamodb');
  const image = field(change, 'NewImage') ?? field(change, 'OldImage');
  if (image === undefined) return;
  let payload: Record<string, unknown> | undefined;
  for (const member of MEMBERS) {
    const attribute = field(image, member);
    if (attribute === undefined) continue;
    payload ??= {};
    payload[member] = plain(attribute) ?? plainMap(field(attribute, 'M'));
  }
  if (payload !== undefined) takePayload(payload, draft);
}

function plainMap(map: unknown): Record<string, unknown> | undefined {
  if (typeof map !== 'object' || map === null) return undefined;
  const members: Record<string, unknown> = {};
  let looked = 0;
  for (const name in map) {
    if (++looked > MAX_MAP_MEMBERS) break;
    if (name !== '__proto__') members[name] = plain(field(map, name));
  }
  return members;
}

function plain(attribute: unknown): unknown {
  return field(attribute, 'S') ?? field(attribute, 'N') ?? field(attribute, 'BOOL');
}
