/** Tells who called a web ACL that stands behind a proxy, from the header that the proxy writes. */
import { addressOf } from '../edge/foreign-json.ts';
import type { WafLog } from './waf-log.ts';

/** Header with the client's address, in lower case, by the name of each regional web ACL behind a proxy that overwrites it. */
export type ClientAddressHeaders = ReadonlyMap<string, string>;

/** Of `SecureApi`: refuses what did not come through its distribution. */
const ORIGIN_SECRET_RULE = 'origin-secret';

/**
 * The log with the client's address in place of the proxy's; or with none at all where the header is not what the proxy
 * writes, since the proxy's own address would get everybody behind it found and capped. Who came past the proxy called
 * himself, whatever his header says.
 */
export function behindProxy(log: WafLog, headers: ClientAddressHeaders): WafLog {
  const header = headers.get(log.webAcl);
  // A web ACL of CloudFront sees the client, and headers as the client sent them.
  if (header === undefined || !log.regional || log.rule === ORIGIN_SECRET_RULE) return log;
  const ip = addressOf(log.headers[header]);
  // These say where the proxy stands and how it speaks TLS.
  return { ...log, ip, country: undefined, ja3: undefined, ja4: undefined };
}
