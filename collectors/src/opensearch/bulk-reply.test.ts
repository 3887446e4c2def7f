import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBulkReply } from './bulk-reply.ts';

const bytes = (text: string): Buffer => Buffer.from(text);
const created = '{"create":{"status":201}}';
const reply = (...items: readonly string[]): Buffer =>
  bytes(`{"errors":${items.some((item) => item !== created)},"items":[${items.join(',')}]}`);

/** Answers of OpenSearch 3.8 to documents with `hunter2` in them, as recorded. */
const RECORDED: readonly (readonly [answer: string, outcome: object])[] = [
  [created, { status: 'created' }],
  [
    '{"create":{"status":409,"error":{"type":"version_conflict_engine_exception","reason":"[a]: version conflict, document already exists (current version [1])"}}}',
    { status: 'exists' },
  ],
  [
    `{"create":{"status":400,"error":{"type":"mapper_parsing_exception","reason":"failed to parse field [count] of type [long] in document with id 'b'. Preview of field's value: 'hunter2'","caused_by":{"type":"illegal_argument_exception"}}}}`,
    {
      status: 'rejected',
      reason: 'mapper_parsing_exception (illegal_argument_exception): field count of type long',
    },
  ],
  [
    '{"create":{"status":400,"error":{"type":"mapper_parsing_exception","reason":"object mapping for [event] tried to parse field [event] as object, but found a concrete value"}}}',
    { status: 'rejected', reason: 'mapper_parsing_exception: field event, expected an object' },
  ],
  [
    '{"create":{"status":400,"error":{"type":"strict_dynamic_mapping_exception","reason":"mapping set to strict, dynamic introduction of [zzz] within [event] is not allowed"}}}',
    { status: 'rejected', reason: 'strict_dynamic_mapping_exception: field event.zzz is not in the schema' },
  ],
  [
    '{"create":{"status":400,"error":{"type":"strict_dynamic_mapping_exception","reason":"mapping set to strict, dynamic introduction of [password=hunter2] within [_doc] is not allowed"}}}',
    {
      status: 'rejected',
      reason: 'strict_dynamic_mapping_exception: field (a name that is not shown) is not in the schema',
    },
  ],
  [
    `{"create":{"status":400,"error":{"type":"illegal_argument_exception","reason":"Document contains at least one immense term in field=\\"fields._value\\" (whose UTF8 encoding is longer than the max length 32766), all of which were skipped. The prefix of the first immense term is: '[104, 117, 110]...'","caused_by":{"type":"max_bytes_length_exceeded_exception"}}}}`,
    {
      status: 'rejected',
      reason:
        'illegal_argument_exception (max_bytes_length_exceeded_exception): field fields._value, a value or name longer than 32,766 bytes',
    },
  ],
  [
    '{"create":{"status":400,"error":{"type":"invalid_index_name_exception","reason":"Invalid index name [Trail-UP], must be lowercase"}}}',
    { status: 'rejected', reason: 'invalid_index_name_exception' },
  ],
  [
    '{"create":{"status":429,"error":{"type":"es_rejected_execution_exception","reason":"rejected execution"}}}',
    { status: 'retry', reason: '429 es_rejected_execution_exception' },
  ],
  [
    '{"create":{"status":503,"error":{"type":"unavailable_shards_exception","reason":"[trail-red][0] primary shard is not active Timeout: [1s]"}}}',
    { status: 'retry', reason: '503 unavailable_shards_exception' },
  ],
  [
    '{"create":{"status":503,"error":{"type":"process_cluster_event_timeout_exception","reason":"failed to process cluster event (create-index) within 1m"}}}',
    { status: 'retry', reason: '503 process_cluster_event_timeout_exception' },
  ],
  [
    '{"create":{"status":400,"error":{"type":"index_closed_exception","reason":"closed"}}}',
    { status: 'retry', reason: '400 index_closed_exception' },
  ],
  [
    '{"create":{"status":403,"error":{"type":"cluster_block_exception","reason":"index [trail-ro] blocked by: [FORBIDDEN/8/index write (api)];"}}}',
    { status: 'retry', reason: '403 cluster_block_exception' },
  ],
  [
    '{"create":{"status":400,"error":{"type":"validation_exception","reason":"Validation Failed: 1: this action would add [2] total shards, but this cluster currently has [6]/[1] maximum shards open;"}}}',
    { status: 'retry', reason: '400 validation_exception' },
  ],
  [
    '{"create":{"status":404,"error":{"type":"index_not_found_exception","reason":"no such index [trail-x]"}}}',
    { status: 'retry', reason: '404 index_not_found_exception' },
  ],
  [
    '{"create":{"status":400,"error":{"type":"illegal_argument_exception","reason":"pipeline with id [geo] does not exist"}}}',
    { status: 'retry', reason: '400 illegal_argument_exception' },
  ],
  ['{"create":{"status":500}}', { status: 'retry', reason: '500 unnamed' }],
  ['{"create":{"status":409,"error":{"type":"other"}}}', { status: 'retry', reason: '409 other' }],
];

test.each(RECORDED)('%s', (answer, outcome) => {
  expect(readBulkReply(reply(answer), 1)).toEqual([outcome]);
});

test('any sequence of answers is read in order, whatever the way', () => {
  const answers = fc.array(fc.nat(RECORDED.length - 1), { minLength: 1, maxLength: 40 });
  // Mostly of created ones, as replies are.
  const sequence = fc.oneof(answers, fc.array(fc.constant(0), { minLength: 1, maxLength: 300 }));
  fc.assert(
    fc.property(sequence, fc.boolean(), (numbers, spaced) => {
      const items = numbers.map((n) => RECORDED[n]?.[0] ?? '');
      // With a space it is no longer what the short way knows.
      const body = spaced
        ? bytes(` {"took":3,"errors":true,"items":[${items.join(' ,')}]}`)
        : reply(...items);
      const outcomes = readBulkReply(body, items.length);
      expect(outcomes).toEqual(numbers.map((n) => RECORDED[n]?.[1]));
      expect(JSON.stringify(outcomes)).not.toContain('hunter2');
    }),
  );
});

describe('nothing is concluded from', () => {
  const good = reply(created, created, created).toString();
  test.each([
    ['no reply', ''],
    ['HTML', '<html>hunter2</html>'],
    ['null', 'null'],
    ['another object', '{"ok":true}'],
    ['items that are none', '{"items":{"0":1}}'],
    ['an answer too few', reply(created, created).toString()],
    ['an answer too many', reply(created, created, created, created).toString()],
    ['half a reply', good.slice(0, -4)],
    ['more than a reply', `${good}]`],
    ['another separator', good.replace('},{', '};{')],
    ['an answer to another operation', reply(created, '{"index":{"status":201}}', created).toString()],
    ['an answer without a status', reply(created, '{"create":{}}', created).toString()],
    ['a status that a create never gets', reply(created, '{"create":{"status":200}}', created).toString()],
    ['a status of text', reply(created, '{"create":{"status":"201"}}', created).toString()],
    [
      'an error that is none',
      reply(created, '{"create":{"status":400,"error":"hunter2"}}', created).toString(),
    ],
  ])('%s', (_, text) => {
    let error: unknown;
    try {
      readBulkReply(bytes(text), 3);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'OPENSEARCH_REPLY' });
    expect((error as Error).message).not.toContain('hunter2');
  });
});
