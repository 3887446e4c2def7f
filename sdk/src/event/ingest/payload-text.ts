/** Opens the text of a message at a bounded cost: most hold no ids, and some are large. */
import { CARRIER_NAME } from '../../correlation/carrier.ts';
import { beginsObject, parsedObject } from '../parsed-object.ts';
import { attributeText } from './attributes.ts';
import { DATADOG_NAME, DAZN_MEMBER } from './payload.ts';
import { scanMember } from './scan-member.ts';

/** `_trailgate` is found by searching, at any length and a tenth of the cost; what is longer is never parsed. */
const MAX_PARSED_CHARS = 65_536;
/** Nothing in a text without any of these is worth parsing it; each begins rarely in a text, so that searching is fast. */
const MARKERS = [
  'TopicArn',
  '-type"',
  '-amz-request-id',
  'traceparent',
  CARRIER_NAME,
  DAZN_MEMBER,
  DATADOG_NAME,
];

/** The object that a JSON text holds, or as much of it as may hold ids; undefined where there are none. */
export function readPayloadText(text: unknown): unknown {
  if (typeof text !== 'string' || !beginsObject(text)) return undefined;
  const found = scanMember(text, CARRIER_NAME);
  // A member, or an attribute of a notification.
  if (found !== undefined) return { [CARRIER_NAME]: attributeText(found) ?? found };
  return MARKERS.some((marker) => text.includes(marker)) ? parsedObject(text, MAX_PARSED_CHARS) : undefined;
}
