/** Reads the ids that ride in a JSON payload: `_trailgate`, `traceparent`, DAZN's `__context__`, Datadog's `_datadog`. */
import { CARRIER_NAME, takeCarrier } from '../../correlation/carrier.ts';
import type { HeaderDraft } from '../../correlation/correlation-headers.ts';
import { field, textField } from '../field.ts';
import { trustedNames } from '../header-names.ts';
import { takeHeaders } from '../headers.ts';
import { parsedObject } from '../parsed-object.ts';

export const DAZN_MEMBER = '__context__';
export const DATADOG_NAME = '_datadog';
const MAX_HEADER_CHARS = 8192;

/** What was found before wins; a tracestate belongs to its traceparent. */
export function takeLater(
  draft: HeaderDraft,
  later: { readonly [K in keyof HeaderDraft]?: HeaderDraft[K] | undefined },
): void {
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
  takeCarrier(field(payload, CARRIER_NAME), draft);
  const traceparent = textField(payload, 'traceparent', MAX_HEADER_CHARS);
  if (traceparent !== undefined) {
    takeLater(draft, { traceparent, tracestate: textField(payload, 'tracestate', MAX_HEADER_CHARS) });
  }
  takeNested(field(payload, DAZN_MEMBER), draft);
  takeNested(field(payload, DATADOG_NAME), draft);
}

/** One attribute or member that holds the headers as JSON or as an object. */
export function takeNested(given: unknown, draft: HeaderDraft): void {
  if (given !== undefined) takeLater(draft, takeHeaders(parsedObject(given, MAX_HEADER_CHARS), trustedNames));
}

/** True when there is an id that a sender chose. */
export function hasIds(draft: HeaderDraft): boolean {
  return (
    draft.traceparent !== undefined ||
    draft['x-correlation-id'] !== undefined ||
    draft['x-datadog-trace-id'] !== undefined
  );
}
