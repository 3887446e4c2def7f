/** Reads the ids that ride in a JSON payload: `_trailgate`, `traceparent`, DAZN's `__context__`, Datadog's `_datadog`. */
import { CARRIER_NAME, takeCarrier } from '../../correlation/carrier.ts';
import type { HeaderDraft } from '../../correlation/correlation-headers.ts';
import { field, textField } from '../field.ts';
import { trustedNames } from '../header-names.ts';
import { takeHeaders } from '../headers.ts';

export const DAZN_MEMBER = '__context__';
export const DATADOG_NAME = '_datadog';
const MAX_HEADER_CHARS = 8192;

/** What was found before wins; a tracestate belongs to its traceparent. */
export function takeLater(draft: HeaderDraft, later: HeaderDraft): void {
  const traced = draft.traceparent !== undefined;
  for (const key in later) {
    const name = key as keyof HeaderDraft;
    const value = later[name];
    if (value === undefined || draft[name] !== undefined || (traced && name === 'tracestate')) continue;
    draft[name] = value;
  }
}

/** In the order in which they count. */
export function takePayload(payload: unknown, draft: HeaderDraft): void {
  if (typeof payload !== 'object' || payload === null) return;
  const carrier = field(payload, CARRIER_NAME);
  if (carrier !== undefined) takeCarrier(carrier, draft);
  const traceparent = draft.traceparent ?? textField(payload, 'traceparent', MAX_HEADER_CHARS);
  if (traceparent !== undefined && draft.traceparent === undefined) {
    const tracestate = textField(payload, 'tracestate', MAX_HEADER_CHARS);
    takeLater(draft, tracestate === undefined ? { traceparent } : { traceparent, tracestate });
  }
  takeNested(field(payload, DAZN_MEMBER), draft);
  takeDatadog(field(payload, DATADOG_NAME), draft);
}

/** One attribute or member that holds the headers as JSON or as an object. */
export function takeDatadog(given: unknown, draft: HeaderDraft): void {
  takeNested(typeof given === 'string' ? parsed(given) : given, draft);
}

/** True when there is an id that a sender chose. */
export function hasIds(draft: HeaderDraft): boolean {
  return (
    draft.traceparent !== undefined ||
    draft['x-correlation-id'] !== undefined ||
    draft['x-datadog-trace-id'] !== undefined
  );
}

function takeNested(headers: unknown, draft: HeaderDraft): void {
  if (headers === undefined) return;
  const found: HeaderDraft = {};
  if (takeHeaders(headers, trustedNames, found) > 0) takeLater(draft, found);
}

function parsed(text: string): unknown {
  if (text.length > MAX_HEADER_CHARS || text.charCodeAt(0) !== 123) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Cut on the way: as if it had not come.
    return undefined;
  }
}
