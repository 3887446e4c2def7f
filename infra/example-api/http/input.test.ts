import { array, description, maxLength, number, optional, pipe, strictObject, string } from 'valibot';
import { describe, expect, test } from 'vitest';
import { SkuSchema } from '../shop/sku.ts';
import { request } from '../testing/requests.ts';
import { MAX_BODY_BYTES, readBody, readPathParameter } from './input.ts';
import { InputProblem } from './problem.ts';

const schema = strictObject({
  user: pipe(string(), maxLength(5), description('a short name')),
  age: pipe(number(), description('an age')),
  tags: pipe(optional(array(string())), description('a list of words')),
});

function refusal(body: unknown): InputProblem {
  try {
    readBody(request('POST /x', { body }), schema);
  } catch (error) {
    if (error instanceof InputProblem) return error;
    throw error;
  }
  throw new Error('expected an InputProblem');
}

test('a good body comes back typed', () => {
  expect(readBody(request('POST /x', { body: { user: 'anna', age: 3 } }), schema)).toEqual({
    user: 'anna',
    age: 3,
  });
});

describe('a bad body names the field, what was expected and what came', () => {
  test.each([
    [{ age: 1 }, { field: 'user', expected: 'a short name', got: 'nothing' }],
    [
      { user: 'annabel', age: 1 },
      { field: 'user', expected: 'a short name', got: 'a string of 7 characters' },
    ],
    [
      { user: 'anna', age: '1' },
      { field: 'age', expected: 'an age', got: 'a string of 1 characters' },
    ],
    [
      { user: 'anna', age: 1, admin: true },
      { field: 'admin', expected: 'no such field', got: 'a boolean' },
    ],
    [
      '{"user":"anna","age":1,"__proto__":{"admin":true}}',
      { field: '__proto__', expected: 'no such field', got: 'an object' },
    ],
    [[1, 2], { field: 'body', expected: 'a JSON object', got: 'a list of 2' }],
    ['null', { field: 'body', expected: 'a JSON object', got: 'null' }],
  ])('%j', (body, error) => {
    const problem = refusal(body);
    expect(problem.status).toBe(400);
    expect(problem.errors).toContainEqual(error);
  });
});

test('a bad entry of a list is named by its path', () => {
  expect(refusal({ user: 'anna', age: 1, tags: ['a', 5] }).errors).toEqual([
    { field: 'tags.1', expected: 'a list of words', got: 'a number' },
  ]);
});

test('no part of the body is repeated in the answer', () => {
  const problem = refusal({ user: ['hunter2'], age: 'hunter2', tags: [{ a: 'hunter2' }] });
  expect(JSON.stringify([problem.message, problem.errors])).not.toContain('hunter2');
});

test.each([undefined, '', '{', '{"user":"hunter2'])(
  'malformed JSON %j is refused without quoting it',
  (body) => {
    const problem = refusal(body);
    expect(problem.status).toBe(400);
    expect(problem.message).toBe('The body is not valid JSON.');
  },
);

test('a body above the limit is 413, counted in bytes', () => {
  const letters = (count: number): string => JSON.stringify({ user: 'é'.repeat(count), age: 1 });
  const overhead = Buffer.byteLength(letters(0));
  const most = (MAX_BODY_BYTES - overhead) / 2;
  expect(refusal(letters(Math.floor(most))).status).toBe(400);
  expect(refusal(letters(Math.floor(most) + 1)).status).toBe(413);
});

test('a path parameter is held to its schema', () => {
  const path = (sku: string): string =>
    readPathParameter(request('GET /x/{sku}', { path: { sku } }), 'sku', SkuSchema);
  expect(path('TEA-1')).toBe('TEA-1');
  expect(() => path('../users')).toThrow(InputProblem);
  expect(() => readPathParameter(request('GET /x/{sku}'), 'sku', SkuSchema)).toThrow(InputProblem);
});
