/** Reads IP addresses that people type and documents hold, in the one form that both engines compare. */
import { isIPv4, isIPv6 } from 'node:net';

/** The shortest form in lower case, IPv4 within IPv6 as IPv4; undefined for what is no address. */
export function canonicalAddress(text: string): string | undefined {
  if (isIPv4(text)) return text;
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const short = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short);
  if (mapped === null) return short;
  return mapped
    .slice(1)
    .map((part) => Number.parseInt(part, 16))
    .flatMap((part) => [part >> 8, part & 0xff])
    .join('.');
}

/** Whether a text can be the beginning of an IPv4 address, of at least one whole number and its dot. */
export function beginsAddress(text: string): boolean {
  const parts = text.split('.');
  return parts.length >= 2 && parts.length <= 4 && parts.every(isOctet);
}

/** The addresses that begin with such a text, digit by digit, as ranges from the first to the last. */
export function addressesFrom(
  beginning: string,
): readonly { readonly first: string; readonly last: string }[] {
  const parts = beginning.split('.');
  const head = parts.slice(0, -1);
  const free = 4 - parts.length;
  const address = (octet: number, rest: number): string =>
    [...head, octet, ...Array.from({ length: free }, () => rest)].join('.');
  return octetsFrom(Number(parts.at(-1))).map(([low, high]) => ({
    first: address(low, 0),
    last: address(high, 255),
  }));
}

function octetsFrom(digits: number): readonly (readonly [low: number, high: number])[] {
  if (digits === 0) return [[0, 0]];
  return [1, 10, 100]
    .map((factor) => [digits * factor, Math.min(255, digits * factor + factor - 1)] as const)
    .filter(([low]) => low <= 255);
}

function isOctet(text: string): boolean {
  return /^(?:0|[1-9][0-9]{0,2})$/.test(text) && Number(text) <= 255;
}
