import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedShop } from '../data/seed.ts';
import type { Response } from '../http/response.ts';
import { createRouter } from '../http/router.ts';
import { createJwkSigner } from '../identity/jwk-signer.ts';
import { createTokenIssuer } from '../identity/token-issuer.ts';
import { createUserStore, type UserStore } from '../identity/user-store.ts';
import { generateSigningKeys } from '../keys.ts';
import { request } from '../testing/requests.ts';
import { startShopTables, TABLES, type TestTables } from '../testing/shop-tables.ts';
import { createWitness, type Witness } from '../testing/witness.ts';
import { login, TOKEN_SECONDS } from './login.ts';

const NOW = 1_800_000_000_000;
const { privateJwk } = await generateSigningKeys();
const tokens = createTokenIssuer({
  signer: createJwkSigner(privateJwk),
  issuer: 'https://shop.example',
  audience: 'shop',
});
const USERS = [
  { tenant: 'acme', user: 'anna', password: 'green tea', roles: ['admin'] },
  { tenant: 'main', user: 'ben', password: 'black tea', roles: [] },
];
let tables: TestTables;
let users: UserStore;

beforeAll(async () => {
  tables = await startShopTables();
  await seedShop(tables.client, TABLES, { users: USERS, skus: [], scryptCost: 16 });
  users = createUserStore(tables.client, TABLES.users);
});
afterAll(() => tables.stop());

async function call(
  body: unknown,
  store: UserStore = users,
): Promise<{ response: Response; witness: Witness }> {
  const witness = createWitness();
  const route = login({ users: store, tokens, clock: () => NOW, trail: witness.trail });
  const response = await createRouter({ 'POST /login': route }, witness)(request('POST /login', { body }));
  return { response, witness };
}

test('the right password gives a token with the claims of the user, for an hour', async () => {
  const { response, witness } = await call({ user: 'anna', password: 'green tea', tenant: 'acme' });
  expect(response.status).toBe(200);
  expect(response.body.expiresIn).toBe(TOKEN_SECONDS);
  expect(decodeJwt(String(response.body.token))).toEqual({
    sub: 'anna',
    tenant: 'acme',
    roles: ['admin'],
    iss: 'https://shop.example',
    aud: 'shop',
    iat: NOW / 1000,
    exp: NOW / 1000 + 3_600,
  });
  expect(witness.told.trail).toEqual([['loginSucceeded', { user: 'anna' }]]);
});

test('who names no tenant is of the main one', async () => {
  expect((await call({ user: 'ben', password: 'black tea' })).response.status).toBe(200);
  expect((await call({ user: 'anna', password: 'green tea' })).response.status).toBe(401);
});

test('a wrong password and an unknown user are answered alike, and both are in the trail', async () => {
  const wrong = await call({ user: 'anna', password: 'x', tenant: 'acme' });
  const unknown = await call({ user: 'nobody', password: 'x', tenant: 'acme' });
  expect(wrong.response.status).toBe(401);
  expect(unknown.response).toEqual(wrong.response);
  expect(wrong.witness.told.trail).toEqual([['loginFailed', { user: 'anna', reason: 'bad_credentials' }]]);
  expect(unknown.witness.told.trail).toEqual([
    ['loginFailed', { user: 'nobody', reason: 'bad_credentials' }],
  ]);
});

test('an unknown user costs a hash of the same kind as a known one', async () => {
  const known = await users.find('acme', 'anna');
  const unknown = await users.find('acme', 'nobody');
  const cost = (hash = ''): string => hash.split('$')[2] ?? '';
  expect(unknown).toMatchObject({ known: false, roles: [] });
  expect(cost(unknown?.passwordHash)).toBe(cost(known?.passwordHash));
});

test('nobody logs in as the stand-in, whatever they guess', async () => {
  const guessing: UserStore = {
    find: async () => {
      const real = await users.find('acme', 'anna');
      return real === undefined ? undefined : { ...real, known: false };
    },
  };
  expect((await call({ user: 'nobody', password: 'green tea' }, guessing)).response.status).toBe(401);
});

test('the trail shows a stranger’s user name cut and printable', async () => {
  const { witness } = await call({ user: `a\n\u202e${'b'.repeat(100)}`, password: 'x' });
  expect(witness.told.trail).toEqual([
    ['loginFailed', { user: `a??${'b'.repeat(61)}`, reason: 'bad_credentials' }],
  ]);
});

test('nothing that is told holds the password', async () => {
  const secret = 'correct horse';
  const told = [
    await call({ user: 'anna', password: secret, tenant: 'acme' }),
    await call({ user: 'anna', password: secret, tenant: 'NO GOOD' }),
    await call(`{"password":"${secret}`),
  ];
  expect(JSON.stringify(told.map(({ response, witness }) => [response, witness.told]))).not.toContain(secret);
});

test.each([{ user: 'anna' }, { user: '', password: 'x' }, { user: 'anna', password: 'x', tenant: 'a#b' }])(
  'a login of another shape is refused: %j',
  async (body) => {
    const { response, witness } = await call(body);
    expect(response.status).toBe(400);
    expect(witness.told.trail.map(([action]) => action)).toEqual(['inputRejected']);
  },
);

test('a table that was never seeded is our fault and not the user’s', async () => {
  const { response, witness } = await call({ user: 'anna', password: 'x' }, { find: async () => undefined });
  expect(response.status).toBe(500);
  expect(witness.told.trail).toEqual([]);
});
