import type { BulkDocuments, BulkOutcome } from '@trailgate/collectors';
import { expect, test } from 'vitest';
import { openSearchFindings } from './opensearch-findings.ts';

const FINDINGS = [
  { index: 'trail-2026.11.22', id: 'f1', source: '{"message":"ü"}' },
  { index: 'trail-2026.11.22', id: 'f2', source: '{}' },
];

function answering(...outcomes: readonly BulkOutcome[]): {
  sent: string[];
  bulk(d: BulkDocuments): Promise<readonly BulkOutcome[]>;
} {
  const sent: string[] = [];
  return {
    sent,
    bulk: async (documents) => {
      sent.push(Buffer.from(documents.bytes).toString());
      return outcomes;
    },
  };
}

test('findings are kept when each is there, created now or before', async () => {
  const index = answering({ status: 'created' }, { status: 'exists' });
  await openSearchFindings(index).put(FINDINGS);
  expect(index.sent).toEqual([
    [
      '{"create":{"_index":"trail-2026.11.22","_id":"f1"}}',
      '{"message":"ü"}',
      '{"create":{"_index":"trail-2026.11.22","_id":"f2"}}',
      '{}',
      '',
    ].join('\n'),
  ]);
});

test.each([
  [{ status: 'retry', reason: '429 es_rejected_execution_exception' } as const],
  [{ status: 'rejected', reason: 'strict_dynamic_mapping_exception: field x is not in the schema' } as const],
])('one that is not kept fails the batch, by name: %o', async (outcome) => {
  const index = answering({ status: 'created' }, outcome);
  await expect(openSearchFindings(index).put(FINDINGS)).rejects.toMatchObject({
    code: 'INDEX_WRITE',
    message: expect.stringContaining(`trail-2026.11.22/f2 was not written: ${outcome.reason}`),
  });
});

test('an answer that is missing fails the batch', async () => {
  await expect(openSearchFindings(answering({ status: 'created' })).put(FINDINGS)).rejects.toMatchObject({
    code: 'INDEX_WRITE',
  });
});
