/** Finds who called a function behind a proxy that writes the client's address into a header of its own. */
import { field } from './field.ts';
import { isAddress } from './ip-address.ts';

/**
 * Undefined unless the header came once with one IPv4 or IPv6 address: with anything else somebody has written to it beside
 * the proxy. All names are looked at, so that nobody hides the header behind many others.
 * @param header in lower case
 */
export function clientAddress(event: unknown, header: string): string | undefined {
  const all = field(event, 'multiValueHeaders');
  const headers = field(event, 'headers') ?? all;
  let found: readonly unknown[] = [];
  for (const name in headers as object) {
    // Of a name that came more than once, `headers` has only the last value.
    if (name.toLowerCase() === header) found = found.concat(field(all, name) ?? field(headers, name));
  }
  return found.length === 1 && isAddress(found[0]) ? found[0] : undefined;
}
