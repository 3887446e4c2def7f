/** Reads what `trailgate shop` was called with. */
import { parseArgs } from 'node:util';
import { is } from 'valibot';
import { SkuSchema } from '../example-api/shop/sku.ts';
import { oneOf, UsageError, wholeNumber } from './usage-error.ts';

export interface ShopCall {
  readonly tables: { readonly users: string; readonly inventory: string };
  readonly user: { readonly tenant: string; readonly user: string; readonly roles: readonly string[] };
  readonly skus: readonly { readonly sku: string; readonly stock: number }[];
  readonly region?: string;
  readonly endpoint?: string;
}

const MAX_STOCK = 1_000_000;
/** As a login takes them, … */
const TENANT = /^[a-z0-9-]{1,32}$/;
const USER = /^[a-z0-9._@-]{1,64}$/;
/** … and a token's claims. */
const ROLE = /^[a-z][a-z0-9_-]{0,31}$/;

/** @throws UsageError, and what `parseArgs` throws. */
export function readShopCall(args: readonly string[]): ShopCall {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'users-table': { type: 'string' },
      'inventory-table': { type: 'string' },
      tenant: { type: 'string', default: 'main' },
      user: { type: 'string', default: 'admin' },
      role: { type: 'string', multiple: true, default: ['admin'] },
      sku: { type: 'string', multiple: true, default: ['TEA=100', 'COFFEE=100'] },
      region: { type: 'string' },
      endpoint: { type: 'string' },
    },
  });
  oneOf('shop', positionals[0] ?? '', ['seed']);
  if (positionals.length > 1) throw new UsageError(`shop seed: expected options, got "${positionals[1]}"`);
  const { region, endpoint } = values;
  return {
    tables: {
      users: table('--users-table', values['users-table']),
      inventory: table('--inventory-table', values['inventory-table']),
    },
    user: {
      tenant: matching('--tenant', values.tenant, TENANT, '1 to 32 lower-case letters, digits and dashes'),
      user: matching('--user', values.user, USER, '1 to 64 lower-case letters, digits and . _ @ -'),
      roles: values.role.map((role) => matching('--role', role, ROLE, 'a lower-case word')),
    },
    skus: values.sku.map(article),
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

function table(option: string, value: string | undefined): string {
  if (value === undefined || value === '') {
    throw new UsageError(`${option}: expected the table's name, which is an output of the stack, got none`);
  }
  return value;
}

function matching(option: string, value: string, pattern: RegExp, expected: string): string {
  if (pattern.test(value)) return value;
  throw new UsageError(`${option}: expected ${expected}, got "${value}"`);
}

function article(text: string): ShopCall['skus'][number] {
  const [sku = '', stock = '', ...rest] = text.split('=');
  if (!is(SkuSchema, sku) || rest.length > 0) {
    throw new UsageError(
      `--sku: expected ARTICLE=STOCK, the first of letters, digits and dashes, got "${text}"`,
    );
  }
  return { sku, stock: wholeNumber('--sku', stock, 0, MAX_STOCK) };
}
