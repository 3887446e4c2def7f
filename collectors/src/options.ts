/** What a deployment may set on a collector, checked once when it is made. */
import type { Redaction } from '@trailgate/sdk/redaction';
import type { IndexPeriod } from '@trailgate/sdk/wire';
import type { ClientAddressHeaders } from './kinds/waf/proxied-address.ts';

export interface CollectorOptions {
  /** Inflated bytes that one Kinesis record may grow to; a larger one is quarantined. @default 67_108_864 */
  readonly maxInflatedBytes?: number;
  /** A record whose own clock is this far behind its log event's goes to a `-late` index. @default 14 (what CloudWatch Logs accepts) */
  readonly lateDays?: number;
  /** The same for one whose clock is ahead. @default 2 (what CloudWatch Logs accepts) */
  readonly earlyHours?: number;
  /**
   * What an index holds documents of, by their own time in UTC. Whoever writes to the same indices, the detector and replays
   * among them, has to say the same, or what comes again is another document.
   * @default 'day'
   */
  readonly indexPeriod?: IndexPeriod;
  /** Time for retries when the invocation does not say what is left, milliseconds. @default 10_000 */
  readonly retryBudgetMs?: number;
  /** Largest body of a bulk call, but for a document that is larger alone. @default 5_000_000 (small AWS instance types refuse more than 10 MB) */
  readonly bulkBytes?: number;
  /** Bytes of bulk calls a channel may have under way at once. @default 20_000_000 */
  readonly inFlightBytes?: number;
  /**
   * Log groups of the pipeline itself; a name that ends in `*` stands for all that begin so. Their lines are counted and go
   * nowhere, since a collector that reads its own lines writes more of them by each reading. @default none
   */
  readonly ownLogGroups?: readonly string[];
  /**
   * For each regional web ACL behind a proxy, such as CloudFront, its name and the header in which the proxy writes the
   * client's address: `{ shop: 'x-client-address' }`. In its log the address that called is the proxy's. Only where the proxy
   * overwrites the header and nobody passes the web ACL around it, or a client can give others' addresses for his own. What a
   * rule named `origin-secret` refused came past the proxy, and its header is not read.
   * @default none
   */
  readonly clientAddressHeaders?: Readonly<Record<string, string>>;
  /** Rules of `redactionRules`, the same as the functions'. @default the built-in ones */
  readonly redaction?: Redaction;
}

type NumberOption =
  | 'maxInflatedBytes'
  | 'lateDays'
  | 'earlyHours'
  | 'retryBudgetMs'
  | 'bulkBytes'
  | 'inFlightBytes';

export interface CollectorSettings extends Readonly<Record<NumberOption, number>> {
  readonly indexPeriod: IndexPeriod;
  readonly ownLogGroups: readonly string[];
  readonly clientAddressHeaders: ClientAddressHeaders;
  readonly redaction: Redaction | undefined;
}

/** An option of the collector is not what it must be. */
export class CollectorOptionsError extends Error {
  readonly code = 'COLLECTOR_OPTIONS';
  override readonly name = 'CollectorOptionsError';
}

const DEFAULTS: Readonly<Record<NumberOption, number>> = {
  maxInflatedBytes: 67_108_864,
  lateDays: 14,
  earlyHours: 2,
  retryBudgetMs: 10_000,
  bulkBytes: 5_000_000,
  inFlightBytes: 20_000_000,
};

/** @throws CollectorOptionsError naming the option, what was expected and what came. */
export function resolveOptions(options: CollectorOptions): CollectorSettings {
  const numbers = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as NumberOption[]) {
    const value: unknown = options[name] ?? DEFAULTS[name];
    if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) {
      throw new CollectorOptionsError(`${name}: expected a positive number, got ${String(value)}`);
    }
    numbers[name] = value;
  }
  const { indexPeriod = 'day', ownLogGroups = [], redaction } = options;
  if (indexPeriod !== 'day' && indexPeriod !== 'month') {
    throw new CollectorOptionsError(`indexPeriod: expected day or month, got ${String(indexPeriod)}`);
  }
  if (
    !Array.isArray(ownLogGroups) ||
    !ownLogGroups.every((name) => typeof name === 'string' && name !== '')
  ) {
    throw new CollectorOptionsError('ownLogGroups: expected a list of names that are not empty');
  }
  if (redaction !== undefined && typeof redaction?.text !== 'function') {
    throw new CollectorOptionsError('redaction: expected what redactionRules() gives');
  }
  const clientAddressHeaders = headersByAcl(options.clientAddressHeaders);
  return { ...numbers, indexPeriod, ownLogGroups, clientAddressHeaders, redaction };
}

const HEADER_NAME = /^[\w-]{1,64}$/;

function headersByAcl(given: unknown = {}): ClientAddressHeaders {
  const entries = typeof given === 'object' && given !== null ? Object.entries(given) : undefined;
  if (
    entries?.every(([acl, header]) => acl !== '' && typeof header === 'string' && HEADER_NAME.test(header))
  ) {
    return new Map(entries.map(([acl, header]) => [acl, header.toLowerCase()]));
  }
  throw new CollectorOptionsError('clientAddressHeaders: expected names of headers by names of web ACLs');
}
