/** Reads what a client sent into typed values, or says which field was expected to be what. */
import {
  type GenericIssue,
  type GenericSchema,
  getDescription,
  getDotPath,
  type InferOutput,
  type ObjectEntries,
  type StrictObjectSchema,
  safeParse,
} from 'valibot';
import { type FieldError, InputProblem } from './problem.ts';
import type { Request } from './request.ts';

/** Largest body in bytes that a route reads; every real one is under 1 KB. */
export const MAX_BODY_BYTES = 10_240;
const MAX_SHOWN_FIELD_LENGTH = 64;

/** A body: one JSON object without unknown fields, each entry with a `description` of what it expects. */
export type BodySchema = StrictObjectSchema<ObjectEntries, undefined>;

/** The body as the schema has it. Throws `InputProblem` (413 too large, 400 anything else). */
export function readBody<S extends BodySchema>(request: Request, schema: S): InferOutput<S> {
  const text = request.body ?? '';
  if (Buffer.byteLength(text) > MAX_BODY_BYTES) {
    throw new InputProblem(413, `The body must not exceed ${MAX_BODY_BYTES} bytes.`);
  }
  const value = parseJson(text);
  // To the schema a list is an object with fields 0, 1, …
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badBody([{ field: 'body', expected: 'a JSON object', got: describeValue(value) }]);
  }
  const result = safeParse(schema, value);
  if (result.success) return result.output;
  throw badBody(result.issues.map((issue) => describeIssue(issue, schema.entries)));
}

/** A parameter of the path template. Throws `InputProblem` (400). */
export function readPathParameter<S extends GenericSchema>(
  request: Request,
  name: string,
  schema: S,
): InferOutput<S> {
  const value = request.pathParameters[name];
  const result = safeParse(schema, value);
  if (result.success) return result.output;
  throw new InputProblem(400, 'The path is not as expected.', [
    { field: name, expected: getDescription(schema) ?? schema.expects, got: describeValue(value) },
  ]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may hold a password.
    throw new InputProblem(400, 'The body is not valid JSON.');
  }
}

function badBody(errors: readonly FieldError[]): InputProblem {
  return new InputProblem(400, 'The body is not as expected.', errors);
}

function describeIssue(issue: GenericIssue, entries: ObjectEntries): FieldError {
  // A name that the schema does not know is the client's own text: it is cut short.
  const field = (getDotPath(issue) ?? 'body').slice(0, MAX_SHOWN_FIELD_LENGTH);
  const got = describeValue(issue.path?.at(-1)?.value);
  const name = String(issue.path?.[0]?.key);
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (entry === undefined || issue.expected === 'never') return { field, expected: 'no such field', got };
  return { field, expected: getDescription(entry) ?? entry.expects, got };
}

/** The shape and not the value: a text or number may be a password in the wrong field. */
function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
