/** Finds the address that a load balancer was called from, which it appends to `X-Forwarded-For`. */
import { field } from './field.ts';

const HEADER = 'x-forwarded-for';
const MAX_HEADERS = 200;
const MAX_CHARS = 2048;
const IPV4 = /^(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?$/;
const IPV6 = /^\[?([0-9a-f:]{2,39}(?:\.\d{1,3}){0,3})\]?(?::\d{1,5})?$/i;

/** Only the last address is the load balancer's word: all before it came with the request, and anyone can write them. */
export function forwardedPeer(event: unknown): string | undefined {
  const text = headerText(field(event, 'headers')) ?? headerText(field(event, 'multiValueHeaders'));
  if (text === undefined || text.length > MAX_CHARS) return undefined;
  const last = text.slice(text.lastIndexOf(',') + 1).trim();
  return IPV4.exec(last)?.[1] ?? IPV6.exec(last)?.[1];
}

function headerText(headers: unknown): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  let looked = 0;
  for (const name in headers) {
    if (++looked > MAX_HEADERS) return undefined;
    if (name.length !== HEADER.length || name.toLowerCase() !== HEADER) continue;
    const value = field(headers, name);
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    return typeof last === 'string' ? last : undefined;
  }
  return undefined;
}
