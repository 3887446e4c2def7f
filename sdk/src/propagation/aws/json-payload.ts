/** Carries the attribute inside a payload that is a JSON object, by writing one member more before its last brace. */
import { types } from 'node:util';
import { CARRIER_NAME } from '../../correlation/carrier.ts';

/** Larger payloads are not opened: parsing one would cost milliseconds of the handler's time. */
const MAX_OPENED_BYTES = 262_144;
const CLOSING_BRACE = 0x7d;

/**
 * All that the caller wrote stays as it was, byte for byte: numbers beyond a double, spacing, a last newline.
 * Undefined when the payload is no JSON object, is too large, or has the member already.
 */
export function placeMember(payload: unknown, carrier: string): string | Uint8Array | undefined {
  if (typeof payload === 'string') return placeInText(payload, carrier);
  if (types.isUint8Array(payload)) return placeInBytes(payload, carrier);
  return undefined;
}

/** The object that a text of JSON describes; undefined for every other text. */
export function parsedObject(text: string): Record<string, unknown> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    // A text that parses and begins with a brace is an object.
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    // Not JSON: a payload of the caller's own kind, which stays as it is.
    return undefined;
  }
}

export function placeInText(text: string, carrier: string): string | undefined {
  const member = memberFor(text, carrier);
  if (member === undefined) return undefined;
  const end = text.lastIndexOf('}');
  return text.slice(0, end) + member + text.slice(end);
}

function placeInBytes(payload: Uint8Array, carrier: string): Uint8Array | undefined {
  if (payload.byteLength > MAX_OPENED_BYTES) return undefined;
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const member = memberFor(bytes.toString('utf8'), carrier);
  if (member === undefined) return undefined;
  // No byte of a longer UTF-8 sequence has this value.
  const end = bytes.lastIndexOf(CLOSING_BRACE);
  return Buffer.concat([bytes.subarray(0, end), Buffer.from(member), bytes.subarray(end)]);
}

function memberFor(text: string, carrier: string): string | undefined {
  if (text.length > MAX_OPENED_BYTES) return undefined;
  const object = parsedObject(text);
  if (object === undefined || Object.hasOwn(object, CARRIER_NAME)) return undefined;
  const separator = Object.keys(object).length === 0 ? '' : ',';
  return `${separator}"${CARRIER_NAME}":${JSON.stringify(carrier)}`;
}
