/** Reads the reply to a bulk call into one outcome a document, or refuses to conclude anything from it. */
import type { BulkOutcome } from '../ports.ts';
import { CREATED, type ItemAnswer, itemOutcome } from './item-outcome.ts';
import { OpenSearchReplyError } from './opensearch-errors.ts';

/** The parts of a reply that outcomes are made of: half a dozen words a document instead of two hundred bytes. */
export const REPLY_PARTS = [
  'errors',
  'items.*.status',
  'items.*.error.type',
  'items.*.error.reason',
  'items.*.error.caused_by.type',
  // Of a call that is refused as a whole.
  'error.type',
  'error.reason',
];

const ALL_CREATED = Buffer.from('{"errors":false,"items":[');
const ONE_CREATED = Buffer.from('{"create":{"status":201}}');
const COMMA = 0x2c;

/**
 * Outcome i is of document i: OpenSearch answers in the order of the call, so that a reply with as many answers as documents is
 * complete. @throws OpenSearchReplyError
 */
export function readBulkReply(body: Buffer, count: number): readonly BulkOutcome[] {
  // What nearly every reply looks like is read without an object for each document.
  if (isAllCreated(body, count)) return new Array<BulkOutcome>(count).fill(CREATED);
  const reply = parse(body);
  const items: unknown = isObject(reply) ? reply.items : undefined;
  if (!Array.isArray(items)) throw unexpected('items', 'an array', items);
  if (items.length !== count) throw unexpected('items', `${count} answers`, items.length);
  return items.map((item: unknown, position) => {
    const outcome = isAnswer(item) ? itemOutcome(item.create) : undefined;
    if (outcome === undefined) throw unexpected(`items[${position}]`, 'the answer to a create', item);
    return outcome;
  });
}

function isAllCreated(body: Buffer, count: number): boolean {
  const step = ONE_CREATED.length + 1;
  if (body.length !== ALL_CREATED.length + count * step + 1) return false;
  if (ALL_CREATED.compare(body, 0, ALL_CREATED.length) !== 0) return false;
  let at = ALL_CREATED.length;
  for (let position = 0; position < count; position++, at += step) {
    if (ONE_CREATED.compare(body, at, at + ONE_CREATED.length) !== 0) return false;
    if (position < count - 1 && body[at + ONE_CREATED.length] !== COMMA) return false;
  }
  return body[at - 1] === 0x5d && body[at] === 0x7d; // ]}
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // The parser's message quotes the reply, and that quotes documents.
    throw new OpenSearchReplyError(`reply: expected JSON, got ${body.length} bytes that are not`);
  }
}

function isAnswer(item: unknown): item is { readonly create: ItemAnswer } {
  if (!isObject(item) || !isObject(item.create)) return false;
  const { status, error } = item.create;
  return typeof status === 'number' && (error === undefined || isObject(error));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unexpected(where: string, expected: string, got: unknown): OpenSearchReplyError {
  const what = typeof got === 'number' || got === undefined ? String(got) : 'something else';
  return new OpenSearchReplyError(`reply ${where}: expected ${expected}, got ${what}`);
}
