/** The bodies that routes take as JSON Schema draft 4, for gateways that validate requests: made of the routes' own schemas. */
import { type JsonSchema as Draft7, toJsonSchema } from '@valibot/to-json-schema';
import type { BodySchema } from './http/input.ts';
import { ReservationSchema } from './inventory/routes.ts';
import { LoginSchema } from './orders/login.ts';
import { PlaceOrderSchema } from './orders/place-order.ts';

/** Of draft 4 what these bodies need. */
export type JsonSchema = {
  readonly $schema?: typeof DRAFT_4;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
};

export const DRAFT_4 = 'http://json-schema.org/draft-04/schema#';

/** Keywords that both drafts have with one meaning. */
const SHARED: ReadonlySet<string> = new Set([
  'type',
  'description',
  'required',
  'additionalProperties',
  'minItems',
  'maxItems',
  'enum',
  'default',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
]);

/** A body of which draft 4 cannot say what the route expects. */
export class SchemaKeywordError extends Error {
  readonly code = 'SCHEMA_KEYWORD';

  constructor(keyword: string) {
    super(`request schema: expected keywords that mean the same in drafts 4 and 7, got ${keyword}`);
    this.name = 'SchemaKeywordError';
  }
}

/** By `METHOD /template`; a route without a body has none. */
export const requestSchemas: Readonly<Record<string, JsonSchema>> = {
  'POST /login': bodySchema(LoginSchema),
  'POST /orders': bodySchema(PlaceOrderSchema),
  'POST /inventory/{sku}/reservations': bodySchema(ReservationSchema),
};

/** Throws `SchemaKeywordError`, so that nothing is validated less than it seems. */
export function bodySchema(schema: BodySchema): JsonSchema {
  const { $schema: _, ...body } = toJsonSchema(schema, { target: 'draft-07' });
  return { $schema: DRAFT_4, ...draft4(body) };
}

function draft4(schema: Draft7): JsonSchema {
  return Object.fromEntries(Object.entries(schema).map(([keyword, value]) => keywordOf(keyword, value)));
}

function keywordOf(keyword: string, value: unknown): readonly [string, unknown] {
  if (keyword === 'const') return ['enum', [value]];
  if (keyword === 'items') return [keyword, draft4(value as Draft7)];
  if (keyword === 'properties') {
    const properties = Object.entries(value as Readonly<Record<string, Draft7>>);
    return [keyword, Object.fromEntries(properties.map(([name, schema]) => [name, draft4(schema)]))];
  }
  const open = keyword === 'additionalProperties' && typeof value !== 'boolean';
  if (open || !SHARED.has(keyword)) throw new SchemaKeywordError(keyword);
  return [keyword, value];
}
