/** Decides which HTTP calls get no headers: those to the platform, and those that are signed for AWS. */

/** Link-local: instance metadata, credentials of containers, and where newer runtimes put the Runtime API. */
const LINK_LOCAL_V4 = '169.254.';
/** Instance metadata over IPv6. */
const METADATA_V6 = 'fd00:ec2:';
const SIGNATURE = /^AWS4-/i;

/** @param platform `host:port` in lower case, as from `platformHosts` */
export function isPlatform(hostname: string, port: string, platform: readonly string[]): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  if (host.startsWith(LINK_LOCAL_V4) || host.startsWith(METADATA_V6)) return true;
  const name = host === 'localhost' || host === '::1' ? '127.0.0.1' : host;
  return platform.includes(`${name}:${port}`) || platform.includes(`${host}:${port}`);
}

/**
 * A header that the signature does not name would do no harm, but nobody reads it either: the services of AWS
 * take ids in messages (see the AWS client) and `X-Amzn-Trace-Id`, which the SDK sends itself.
 */
export function isSigned(authorization: unknown): boolean {
  return typeof authorization === 'string' && SIGNATURE.test(authorization);
}
