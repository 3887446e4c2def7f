import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { verifyPassword } from '../example-api/identity/password.ts';
import { createUserStore } from '../example-api/identity/user-store.ts';
import { createStockStore } from '../example-api/inventory/stock-store.ts';
import { startShopTables, TABLES, type TestTables } from '../example-api/testing/shop-tables.ts';
import { shop } from './shop.ts';

let tables: TestTables;
let printed: string;

beforeAll(async () => {
  tables = await startShopTables();
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await tables.stop();
});
beforeEach(() => {
  printed = '';
  vi.spyOn(console, 'log').mockImplementation((line: unknown) => {
    printed += `${String(line)}\n`;
  });
});

/** scrypt's N: this is not a test of hashes. */
const LOW_COST = 16;
const NAMES = ['--users-table', TABLES.users, '--inventory-table', TABLES.inventory];
const at = () => ['--region', 'us-east-1', '--endpoint', tables.url];

test('a first user gets a password that works and is shown once, and there is something to sell', async () => {
  expect(await shop(['seed', ...NAMES, ...at()], LOW_COST)).toBe(0);
  const password = /^password ([\w-]{20}) {3}\(shown this once\)$/m.exec(printed)?.[1] ?? '';
  const credentials = await createUserStore(tables.client, TABLES.users).find('main', 'admin');
  expect(credentials).toMatchObject({ known: true, roles: ['admin'] });
  expect(await verifyPassword(password, credentials?.passwordHash ?? '')).toBe(true);
  expect(await createStockStore(tables.client, TABLES.inventory).stock('TEA')).toBe(100);
  const stranger = await createUserStore(tables.client, TABLES.users).find('main', 'nobody');
  expect(stranger?.passwordHash.split('$')[2]).toBe(credentials?.passwordHash.split('$')[2]);

  printed = '';
  expect(await shop(['seed', ...NAMES, ...at(), '--sku', 'TEA=5', '--sku', 'MATE=7'], LOW_COST)).toBe(0);
  expect(printed).toBe(
    'user admin of tenant main was there: the password stays\n' +
      'article TEA was there: its stock stays\n' +
      'article MATE: 7 in stock\n',
  );
  expect(await createUserStore(tables.client, TABLES.users).find('main', 'admin')).toEqual(credentials);
});

test.each([
  [['seed'], '--users-table: expected the table'],
  [['seed', '--users-table', 'users'], '--inventory-table: expected the table'],
  [['plant', ...NAMES], 'shop: expected seed, got "plant"'],
  [['seed', 'now', ...NAMES], 'shop seed: expected options, got "now"'],
  [['seed', ...NAMES, '--tenant', 'a#b'], '--tenant: expected 1 to 32'],
  [['seed', ...NAMES, '--user', ''], '--user: expected 1 to 64'],
  [['seed', ...NAMES, '--role', 'a,b'], '--role: expected a lower-case word'],
  [['seed', ...NAMES, '--sku', 'TEA'], '--sku: expected a whole number'],
  [['seed', ...NAMES, '--sku', 'T E A=1'], '--sku: expected ARTICLE=STOCK'],
])('%j is refused', async (args, message) => {
  await expect(shop(args)).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining(message),
  });
});

test('a table that is not there is named, and nobody gets a password', async () => {
  const args = ['seed', '--users-table', 'nowhere', '--inventory-table', TABLES.inventory, ...at()];
  await expect(shop(args, LOW_COST)).rejects.toMatchObject({ code: 'TABLE_MISSING', table: 'nowhere' });
  expect(printed).toBe('');
});
