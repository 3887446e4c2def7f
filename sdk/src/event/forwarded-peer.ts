/** Finds the address that a load balancer was called from, which it appends to `X-Forwarded-For`. */
import { field } from './field.ts';

const MAX_CHARS = 2048;
/** IPv4 or IPv6, with a port or without. */
const ADDRESS = /^\[?([0-9a-f:]{1,39}(?:\.\d{1,3}){0,3})\]?(?::\d{1,5})?$/i;

/**
 * Only the last address is the load balancer's word: all before it came with the request, and anyone can write
 * them. A load balancer writes all names of headers in lower case.
 */
export function forwardedPeer(event: unknown): string | undefined {
  const given = field(field(event, 'headers') ?? field(event, 'multiValueHeaders'), 'x-forwarded-for');
  const text: unknown = Array.isArray(given) ? given.at(-1) : given;
  if (typeof text !== 'string' || text.length > MAX_CHARS) return undefined;
  return ADDRESS.exec(text.slice(text.lastIndexOf(',') + 1).trim())?.[1];
}
