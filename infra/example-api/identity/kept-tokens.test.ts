import { expect, test } from 'vitest';
import { ANNA, SERVICE } from '../testing/requests.ts';
import { keepTokens } from './kept-tokens.ts';

function issuing() {
  let now = 0;
  let issued = 0;
  let failing = false;
  const token = keepTokens(
    async ({ user }, seconds) => {
      if (failing) throw new Error('no signature');
      issued += 1;
      return `${user}/${seconds}/${issued}`;
    },
    () => now,
  );
  return {
    token,
    at: (ms: number) => {
      now = ms;
    },
    fail: (yes: boolean) => {
      failing = yes;
    },
  };
}

test('a token is given again until half its life is over', async () => {
  const { token, at } = issuing();
  expect(await token(SERVICE, 20)).toBe('service:orders/20/1');
  at(9_999);
  expect(await token(SERVICE, 20)).toBe('service:orders/20/1');
  at(10_000);
  expect(await token(SERVICE, 20)).toBe('service:orders/20/2');
});

test('each principal, tenant and length of life has one of its own', async () => {
  const { token } = issuing();
  const tokens = await Promise.all([
    token(SERVICE, 20),
    token({ ...SERVICE, tenant: 'zeta' }, 20),
    token({ ...SERVICE, roles: [] }, 20),
    token(SERVICE, 30),
    token(ANNA, 20),
  ]);
  expect(new Set(tokens).size).toBe(5);
});

test('a signature that failed is asked for again', async () => {
  const { token, fail } = issuing();
  fail(true);
  await expect(token(SERVICE, 20)).rejects.toThrow('no signature');
  fail(false);
  expect(await token(SERVICE, 20)).toBe('service:orders/20/1');
});

test('tenants without end are not kept without end', async () => {
  const { token } = issuing();
  await token(SERVICE, 20);
  for (let count = 0; count < 1_000; count += 1) await token({ ...SERVICE, tenant: `t${count}` }, 20);
  expect(await token(SERVICE, 20)).toBe('service:orders/20/1002');
});
