import { literal, optional, pipe, record, strictObject, string } from 'valibot';
import { describe, expect, test } from 'vitest';
import { API_ROUTES, routeKey } from './api.ts';
import { type BodySchema, readBody } from './http/input.ts';
import { Problem } from './http/problem.ts';
import { ReservationSchema } from './inventory/routes.ts';
import { LoginSchema } from './orders/login.ts';
import { PlaceOrderSchema } from './orders/place-order.ts';
import { bodySchema, DRAFT_4, type JsonSchema, requestSchemas, SchemaKeywordError } from './schemas.ts';
import { request } from './testing/requests.ts';

const ORDER = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';
const ROUTES: readonly (readonly [string, BodySchema, readonly unknown[], readonly unknown[]])[] = [
  [
    'POST /login',
    LoginSchema,
    [
      { user: 'anna', password: 'green tea' },
      { user: 'a'.repeat(128), password: 'p'.repeat(256), tenant: 'acme-1' },
    ],
    [
      {},
      { user: '', password: 'x' },
      { user: 'a'.repeat(129), password: 'x' },
      { user: 'anna', password: 'p'.repeat(257) },
      { user: 'anna', password: 7 },
      { user: 'anna', password: 'x', tenant: 'a#b' },
      { user: 'anna', password: 'x', tenant: null },
      { user: 'anna', password: 'x', admin: true },
      [],
      null,
      'anna',
    ],
  ],
  [
    'POST /orders',
    PlaceOrderSchema,
    [
      { sku: 'TEA', quantity: 1 },
      { sku: 'a-Z-9', quantity: 100 },
    ],
    [
      { sku: 'TEA' },
      { sku: 'TEA', quantity: 0 },
      { sku: 'TEA', quantity: 101 },
      { sku: 'TEA', quantity: 1.5 },
      { sku: 'TEA', quantity: '1' },
      { sku: "'; DROP", quantity: 1 },
      { sku: 'T'.repeat(33), quantity: 1 },
      { sku: 'TEA\n', quantity: 1 },
      { sku: 'TEA', quantity: 1, price: 0 },
    ],
  ],
  [
    'POST /inventory/{sku}/reservations',
    ReservationSchema,
    [{ orderId: ORDER, quantity: 3 }],
    [{ orderId: 'mine', quantity: 3 }, { orderId: ORDER.toUpperCase(), quantity: 3 }, { orderId: ORDER }],
  ],
];

test('each route that takes a body has a schema, of draft 4', () => {
  const posts = API_ROUTES.filter(({ method }) => method === 'POST');
  const keys = posts.map(({ method, resource }) => routeKey(method, resource));
  expect(Object.keys(requestSchemas).sort()).toEqual(keys.sort());
  for (const schema of Object.values(requestSchemas)) expect(schema.$schema).toBe(DRAFT_4);
});

describe.each(ROUTES)('%s: gateway and route', (key, schema, accepted, refused) => {
  const gateway = (body: unknown) => conforms(requestSchemas[key] ?? {}, body);
  const route = (body: unknown): boolean => {
    try {
      readBody(request(key, { body: JSON.stringify(body) }), schema);
      return true;
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  };

  test.each(accepted)('both take %j', (body) => {
    expect([gateway(body), route(body)]).toEqual([true, true]);
  });

  test.each(refused)('both refuse %j', (body) => {
    expect([gateway(body), route(body)]).toEqual([false, false]);
  });
});

test('what draft 4 says otherwise is said its way, and what it cannot say is an error', () => {
  expect(bodySchema(strictObject({ kind: literal('gift') })).properties).toEqual({
    kind: { enum: ['gift'] },
  });
  const named = strictObject({ labels: pipe(optional(record(pipe(string()), string()))) });
  expect(() => bodySchema(named as unknown as BodySchema)).toThrow(SchemaKeywordError);
});

/** Draft 4 validation of the keywords that occur; any other is an error, so that none is passed over. */
function conforms(schema: JsonSchema, value: unknown): boolean {
  return Object.keys(schema).every((keyword) => {
    const check = KEYWORDS[keyword];
    if (check === undefined) throw new Error(`the test knows no keyword ${keyword}`);
    return check(schema, value);
  });
}

const KEYWORDS: Readonly<Record<string, (schema: JsonSchema, value: unknown) => boolean>> = {
  $schema: () => true,
  description: () => true,
  default: () => true,
  type: ({ type }, value) => {
    if (type === 'integer') return Number.isInteger(value);
    return type === 'object' ? isObject(value) : typeof value === type;
  },
  properties: ({ properties = {} }, value) =>
    !isObject(value) ||
    Object.entries(properties).every(
      ([name, one]) => !Object.hasOwn(value, name) || conforms(one, value[name]),
    ),
  required: ({ required = [] }, value) =>
    !isObject(value) || required.every((name) => Object.hasOwn(value, name)),
  additionalProperties: ({ additionalProperties, properties = {} }, value) =>
    additionalProperties !== false ||
    !isObject(value) ||
    Object.keys(value).every((name) => Object.hasOwn(properties, name)),
  pattern: ({ pattern = '' }, value) => typeof value !== 'string' || new RegExp(pattern, 'u').test(value),
  minLength: ({ minLength = 0 }, value) => typeof value !== 'string' || [...value].length >= minLength,
  maxLength: ({ maxLength = 0 }, value) => typeof value !== 'string' || [...value].length <= maxLength,
  minimum: ({ minimum = 0 }, value) => typeof value !== 'number' || value >= minimum,
  maximum: ({ maximum = 0 }, value) => typeof value !== 'number' || value <= maximum,
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
