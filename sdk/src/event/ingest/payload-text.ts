/** Opens the text of a message at a bounded cost: most hold no ids, and some are large. */
import { CARRIER_NAME } from '../../correlation/carrier.ts';
import { snsValue } from './attributes.ts';
import { DATADOG_NAME, DAZN_MEMBER } from './payload.ts';
import { scanMember } from './scan-member.ts';

/** `_trailgate` is found by searching, at any length and a tenth of the cost; what is longer is never parsed. */
const MAX_PARSED_CHARS = 65_536;
/** Nothing in a text without any of these is worth parsing it; from a letter on that is rare, so that searching is fast. */
const MARKERS = ['TopicArn', '-type"', '-amz-request-id', 'traceparent'] as const;
const UNDERSCORED_MARKERS = [CARRIER_NAME, DAZN_MEMBER, DATADOG_NAME] as const;

/** The object that a JSON text holds, or as much of it as may hold ids; undefined where there are none. */
export function readPayloadText(text: unknown): unknown {
  if (typeof text !== 'string' || !beginsObject(text)) return undefined;
  const underscored = text.includes('_');
  const carrier = underscored ? carrierIn(text) : undefined;
  if (carrier !== undefined) return { [CARRIER_NAME]: carrier };
  if (text.length > MAX_PARSED_CHARS) return undefined;
  if (!holdsAny(text, MARKERS) && !(underscored && holdsAny(text, UNDERSCORED_MARKERS))) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // No JSON after all; what it is concerns the handler only.
    return undefined;
  }
}

function holdsAny(text: string, markers: readonly string[]): boolean {
  for (const marker of markers) if (text.includes(marker)) return true;
  return false;
}

/** A member, or an attribute of a notification. */
function carrierIn(text: string): unknown {
  const found = scanMember(text, CARRIER_NAME);
  return snsValue(found) ?? found;
}

function beginsObject(text: string): boolean {
  for (let i = 0; i < 16; i++) {
    const code = text.charCodeAt(i);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return code === 123;
  }
  return false;
}
