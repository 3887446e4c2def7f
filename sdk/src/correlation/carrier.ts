/** Writes and reads `_trailgate`: the one attribute or payload member that carries correlation where there are no headers. */
import { field, textField } from '../event/field.ts';
import { parsedObject } from '../event/parsed-object.ts';
import { isCompanionName, MAX_COMPANIONS } from './companions.ts';
import { type Correlation, traceparentOf } from './correlation.ts';
import { CORRELATION_HEADER, type HeaderDraft } from './correlation-headers.ts';
import { isCorrelationId } from './correlation-id.ts';
import { parseTraceparent } from './traceparent.ts';
import { formatTracestate } from './tracestate.ts';

/** Name of the message attribute, or of the member in a JSON payload. */
export const CARRIER_NAME = '_trailgate';
/** Attributes count towards a message's size. */
const MAX_CARRIER_BYTES = 1024;
const MAX_READ_CHARS = 4096;
const MAX_TRACESTATE_CHARS = 2048;

/**
 * JSON of at most 1,024 bytes, ASCII: `traceparent`, `tracestate`, `correlation_id`, and where they came
 * `call_chain_length` and `ids`. Members of `tracestate` that do not fit stay behind, the last ones first.
 */
export function carrierOf(correlation: Correlation, keep: boolean): string {
  const { correlationId, callChainLength, companions, traceState } = correlation;
  const head = `{"traceparent":"${traceparentOf(correlation, keep)}"`;
  const id = isCorrelationId(correlationId) ? correlationId : correlation.traceId;
  let tail = `,"correlation_id":${JSON.stringify(id)}`;
  if (callChainLength !== undefined) tail += `,"call_chain_length":${callChainLength}`;
  const room = MAX_CARRIER_BYTES - head.length - tail.length - 1;
  const state = tracestateMember(keep, traceState, room);
  return `${head}${state}${tail}${idsMember(companions ?? {}, room - state.length)}}`;
}

/** Takes what a carrier says, given as its JSON or as the object; false when it says nothing that is valid. */
export function takeCarrier(given: unknown, draft: HeaderDraft): boolean {
  const carrier = parsedObject(given, MAX_READ_CHARS);
  const traceparent = textField(carrier, 'traceparent', MAX_READ_CHARS);
  const id = field(carrier, 'correlation_id');
  const traced = traceparent !== undefined && parseTraceparent(traceparent) !== undefined;
  const named = typeof id === 'string' && isCorrelationId(id);
  if (traced) {
    draft.traceparent = traceparent;
    // A tracestate belongs to its traceparent.
    delete draft.tracestate;
    const tracestate = field(carrier, 'tracestate');
    if (typeof tracestate === 'string' && tracestate.length <= MAX_TRACESTATE_CHARS) {
      draft.tracestate = tracestate;
    }
  }
  if (named) draft[CORRELATION_HEADER] = id;
  if (traced || named) takeExtras(carrier, draft);
  return traced || named;
}

function takeExtras(carrier: unknown, draft: HeaderDraft): void {
  const length = field(carrier, 'call_chain_length');
  if (typeof length === 'number') draft['call-chain-length'] = String(length);
  const ids = field(carrier, 'ids');
  if (typeof ids !== 'object' || ids === null) return;
  let looked = 0;
  for (const name in ids) {
    if (++looked > MAX_COMPANIONS) break;
    const id = field(ids, name);
    if (typeof id === 'string' && isCompanionName(name)) draft[name as `x-correlation-${string}`] = id;
  }
}

function tracestateMember(keep: boolean, others: readonly string[], room: number): string {
  for (let count = others.length; count >= 0; count--) {
    const text = formatTracestate({ keep, others: others.slice(0, count) });
    if (text === '') return '';
    const member = `,"tracestate":${JSON.stringify(text)}`;
    if (member.length <= room) return member;
  }
  return '';
}

function idsMember(ids: Readonly<Record<string, string>>, room: number): string {
  let members = '';
  for (const name in ids) {
    const member = `${members === '' ? ',"ids":{' : ','}${JSON.stringify(name)}:${JSON.stringify(ids[name])}`;
    if (members.length + member.length + 1 <= room) members += member;
  }
  return members === '' ? '' : `${members}}`;
}
