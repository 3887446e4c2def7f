/** What an API's firewalls turn away, as its owner says it. */

export interface RateRule {
  /** Part of the rule's name: letters, digits and dashes. */
  readonly name: string;
  /** Requests of one address within the window; more are refused until it is fewer again. 10 to 2,000,000,000. */
  readonly requests: number;
  /**
   * Seconds that requests are counted over: 60, 120, 300 or 600.
   * @default 300
   */
  readonly seconds?: number;
  /**
   * Texts of which a request's path holds one.
   * @default every path
   */
  readonly paths?: readonly string[];
  /**
   * Texts of which a request's path holds none; another rule should count those.
   * @default none
   */
  readonly exceptPaths?: readonly string[];
}

export interface FirewallRules {
  /**
   * Networks (`203.0.113.0/24`, `2001:db8::/32`) that lists, countries, reputation and rates do not hold for. What
   * they send is still looked at.
   * @default none
   */
  readonly allowAddresses?: readonly string[];
  /**
   * Networks that are turned away.
   * @default none
   */
  readonly denyAddresses?: readonly string[];
  /**
   * ISO 3166 codes of countries that are turned away.
   * @default none
   */
  readonly denyCountries?: readonly string[];
  /**
   * The first one that is exceeded refuses.
   * @default 2,000 requests an address in 5 minutes
   */
  readonly rates?: readonly RateRule[];
  /**
   * Largest body in bytes, up to 65,536. Over 16,384 AWS charges for looking at more of it.
   * @default 10,240
   */
  readonly maxBodyBytes?: number;
  /**
   * Whether anonymising networks and hosting providers are turned away. Servers that call the API stand at such providers.
   * @default false
   */
  readonly denyAnonymous?: boolean;
  /**
   * AWS's bot control at its common level, which costs extra; command line and library clients still pass.
   * @default false
   */
  readonly bots?: boolean;
  /**
   * Whether requests that pass are logged too. What is refused or counted always is.
   * @default false: the gateway's access log has them
   */
  readonly logPassed?: boolean;
}

export type CheckedFirewallRules = Required<Omit<FirewallRules, 'rates'>> & {
  readonly rates: readonly Required<RateRule>[];
};

const DEFAULT_RATES: readonly RateRule[] = [{ name: 'address', requests: 2_000 }];

export function withDefaults(rules: FirewallRules = {}): CheckedFirewallRules {
  return {
    allowAddresses: rules.allowAddresses ?? [],
    denyAddresses: rules.denyAddresses ?? [],
    denyCountries: rules.denyCountries ?? [],
    rates: (rules.rates ?? DEFAULT_RATES).map((rate) => ({
      seconds: 300,
      paths: [],
      exceptPaths: [],
      ...rate,
    })),
    maxBodyBytes: rules.maxBodyBytes ?? 10_240,
    denyAnonymous: rules.denyAnonymous ?? false,
    bots: rules.bots ?? false,
    logPassed: rules.logPassed ?? false,
  };
}
