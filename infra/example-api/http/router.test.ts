import fc from 'fast-check';
import { expect, test } from 'vitest';
import { request } from '../testing/requests.ts';
import { createWitness } from '../testing/witness.ts';
import { DeniedProblem, InputProblem, Problem } from './problem.ts';
import { createRouter, type Route } from './router.ts';

const throwing =
  (error: unknown): Route =>
  async () => {
    throw error;
  };

test('the route of the method and resource answers', async () => {
  const router = createRouter({ 'GET /a': async () => ({ status: 200, body: { a: 1 } }) }, createWitness());
  expect(await router(request('GET /a'))).toEqual({ status: 200, body: { a: 1 } });
});

test.each(['POST /a', 'GET /b', 'GET constructor', ' '])('an unknown route %j is 404', async (key) => {
  const router = createRouter({ 'GET /a': async () => ({ status: 200, body: {} }) }, createWitness());
  expect((await router(request(key))).status).toBe(404);
});

test('a refusal is answered as problem+json', async () => {
  const router = createRouter(
    { 'GET /a': throwing(new Problem(409, 'Sold out.', { 'retry-after': '5' })) },
    createWitness(),
  );
  expect(await router(request('GET /a'))).toEqual({
    status: 409,
    headers: { 'content-type': 'application/problem+json', 'retry-after': '5' },
    body: { type: 'about:blank', title: 'Conflict', status: 409, detail: 'Sold out.' },
  });
});

test('rejected input is a trail event that names the field and not its content', async () => {
  const witness = createWitness();
  const errors = [{ field: 'sku', expected: 'an article', got: 'nothing' }];
  const router = createRouter({ 'GET /a': throwing(new InputProblem(400, 'No.', errors)) }, witness);
  expect((await router(request('GET /a'))).body.errors).toEqual(errors);
  expect(witness.told.trail).toEqual([
    ['inputRejected', { target: 'GET /a', reason: 'sku: expected an article, got nothing' }],
  ]);
});

test('a denial is a trail event', async () => {
  const witness = createWitness();
  const denied = new DeniedProblem(404, 'None.', { target: 'order:1', reason: 'not_owner' });
  const router = createRouter({ 'GET /a': throwing(denied) }, witness);
  expect(await router(request('GET /a'))).toMatchObject({ status: 404, body: { detail: 'None.' } });
  expect(witness.told.trail).toEqual([['denied', { target: 'order:1', reason: 'not_owner' }]]);
});

test('whatever a route throws, the client learns nothing of it and the log does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.anything(),
        fc.string().map((text) => new Error(text)),
      ),
      async (thrown) => {
        const witness = createWitness();
        const response = await createRouter({ 'GET /a': throwing(thrown) }, witness)(request('GET /a'));
        expect(response).toEqual({
          status: 500,
          headers: { 'content-type': 'application/problem+json' },
          body: {
            type: 'about:blank',
            title: 'Internal Server Error',
            status: 500,
            detail: 'Something went wrong on our side.',
          },
        });
        expect(witness.told.log).toEqual([['error', 'GET /a failed', { error: thrown }]]);
        expect(witness.told.trail).toEqual([]);
      },
    ),
  );
});
