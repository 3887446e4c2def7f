/** Says what is an address that an index takes. */
import { isIP } from 'node:net';

/** With a zone (`fe80::1%eth0`) it is an address of one machine only. */
export function isAddress(value: unknown): value is string {
  return typeof value === 'string' && isIP(value) !== 0 && !value.includes('%');
}
