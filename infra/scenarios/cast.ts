/** The shop's accounts and articles that a scenario needs, known before the stack starts so that it can seed them. */
import type { SeedUser } from '../example-api/data/seed.ts';
import { seededRandom } from './random.ts';

export interface Cast {
  readonly honest: readonly SeedUser[];
  /** Attacks with this account, and calls again as an honest client would once the cap is over. */
  readonly attacker: SeedUser;
  readonly admin: SeedUser;
  readonly skus: readonly string[];
}

const HONEST = 24;
const SKUS = 8;

export function castFor(seed: number): Cast {
  const random = seededRandom(seed).fork('cast');
  const account = (user: string, roles: readonly string[] = ['customer']): SeedUser => ({
    tenant: random.pick(['acme', 'globex']),
    user,
    password: `horse-${random.integer(100_000, 999_999)}`,
    roles,
  });
  return {
    honest: Array.from({ length: HONEST }, (_, index) => account(`honest-${index + 1}`)),
    attacker: account('mallory'),
    admin: account('ann', ['customer', 'admin']),
    skus: Array.from({ length: SKUS }, (_, index) => `sku-${index + 1}`),
  };
}
