/** What the shop's firewall counts: everybody's requests, guesses of passwords, and the shop's calls to itself. */
import type { FirewallRules, RateRule } from '../firewall/firewall-rules.ts';

/** Requests of one address in 5 minutes. */
const PER_ADDRESS = 2_000;
/** Logins of one address in 5 minutes: many people may share an address, but none of them logs in all the time. */
const LOGINS_PER_ADDRESS = 100;
/** Reservations come from the addresses of the shop's own functions, a few for all orders. */
const RESERVATIONS_PER_ADDRESS = 100_000;
const RESERVATIONS = '/reservations';

export function shopRates(perAddress: number = PER_ADDRESS): readonly RateRule[] {
  return [
    { name: 'login', requests: Math.min(LOGINS_PER_ADDRESS, perAddress), paths: ['/login'] },
    { name: 'reservations', requests: RESERVATIONS_PER_ADDRESS, paths: [RESERVATIONS] },
    { name: 'address', requests: perAddress, exceptPaths: [RESERVATIONS] },
  ];
}

export function shopFirewall(given: FirewallRules = {}): FirewallRules {
  return { ...given, rates: given.rates ?? shopRates() };
}
