/** Refuses firewall rules that AWS WAF would not take, or that would turn everybody away. */
import { isIP } from 'node:net';
import { TrailgatePropsError } from '../../props-error.ts';
import {
  type CheckedFirewallRules,
  type FirewallRules,
  type RateRule,
  withDefaults,
} from './firewall-rules.ts';

/** Quota of one IP set (AWS WAF developer guide, quotas). */
const MAX_ADDRESSES = 10_000;
/** GeoMatchStatement (API reference). */
const MAX_COUNTRIES = 50;
const MAX_INSPECTED_BYTES = 65_536;
const WINDOWS: readonly number[] = [60, 120, 300, 600];

/** The rules with their defaults. Throws `TrailgatePropsError`. */
export function checkRules(given: FirewallRules | undefined, prop = 'firewall'): CheckedFirewallRules {
  const rules = withDefaults(given);
  checkAddresses(`${prop}.allowAddresses`, rules.allowAddresses);
  checkAddresses(`${prop}.denyAddresses`, rules.denyAddresses);
  const { denyCountries, maxBodyBytes, rates } = rules;
  checkCountryCodes(`${prop}.denyCountries`, denyCountries);
  if (denyCountries.length > MAX_COUNTRIES) {
    throw new TrailgatePropsError(
      `${prop}.denyCountries`,
      `at most ${MAX_COUNTRIES}`,
      String(denyCountries.length),
    );
  }
  if (!Number.isInteger(maxBodyBytes) || maxBodyBytes < 1 || maxBodyBytes > MAX_INSPECTED_BYTES) {
    const expected = `a whole number of bytes from 1 to ${MAX_INSPECTED_BYTES}`;
    throw new TrailgatePropsError(`${prop}.maxBodyBytes`, expected, String(maxBodyBytes));
  }
  for (const [index, rate] of rates.entries()) checkRate(`${prop}.rates[${index}]`, rate);
  const names = rates.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new TrailgatePropsError(`${prop}.rates`, 'each name once', `${twice} twice`);
  return rules;
}

function checkAddresses(prop: string, addresses: readonly string[]): void {
  const odd = addresses.find((address) => !isNetwork(address));
  if (odd !== undefined) {
    throw new TrailgatePropsError(
      prop,
      'networks such as 203.0.113.0/24 or 2001:db8::/32',
      JSON.stringify(odd),
    );
  }
  if (addresses.length > MAX_ADDRESSES) {
    throw new TrailgatePropsError(prop, `at most ${MAX_ADDRESSES} networks`, String(addresses.length));
  }
}

/** AWS WAF takes every prefix length but /0. */
function isNetwork(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  const [address = '', prefix = '', ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  const bits = Number(prefix);
  return bits >= 1 && bits <= (family === 4 ? 32 : 128);
}

function checkRate(prop: string, { name, requests, seconds, paths, exceptPaths }: Required<RateRule>): void {
  if (typeof name !== 'string' || !/^[A-Za-z0-9-]{1,64}$/.test(name)) {
    throw new TrailgatePropsError(`${prop}.name`, '1 to 64 letters, digits and dashes', JSON.stringify(name));
  }
  if (!Number.isInteger(requests) || requests < 10 || requests > 2_000_000_000) {
    throw new TrailgatePropsError(
      `${prop}.requests`,
      'a whole number from 10 to 2,000,000,000',
      String(requests),
    );
  }
  if (!WINDOWS.includes(seconds)) {
    throw new TrailgatePropsError(`${prop}.seconds`, `one of ${WINDOWS.join(', ')}`, String(seconds));
  }
  const path = [...paths, ...exceptPaths].find((text) => typeof text !== 'string' || !text.startsWith('/'));
  if (path !== undefined) {
    throw new TrailgatePropsError(`${prop}.paths`, 'texts that begin with a slash', JSON.stringify(path));
  }
}

/** Throws `TrailgatePropsError`. */
export function checkCountryCodes(prop: string, codes: readonly string[]): void {
  const odd = codes.find((code) => !/^[A-Z]{2}$/.test(code));
  if (odd === undefined) return;
  throw new TrailgatePropsError(prop, 'codes of two capital letters', JSON.stringify(odd));
}
