/** What is measured: each takes one Lambda event and brings its documents as far as its name says. */
import { Client } from '@opensearch-project/opensearch';
import { type CollectorPorts, createCollector, type IndexPort } from '@trailgate/collectors';
import { createOpenSearchIndex } from '@trailgate/collectors/opensearch';
import type { KinesisStreamEvent } from 'aws-lambda';
import { straightBulk, straightDocuments } from './straightforward.ts';

export const SUBJECTS = [
  'collector',
  'straightforward',
  'collector to a server',
  'helpers.bulk to a server',
] as const;
export type SubjectName = (typeof SUBJECTS)[number];

/** Rejects where a line is not accounted for. */
export type Subject = (event: KinesisStreamEvent, lines: number) => Promise<void>;

export function subjectOf(name: SubjectName, url: string): Subject {
  switch (name) {
    case 'collector':
      return collector(acceptingIndex());
    case 'straightforward':
      return async (event) => {
        if (straightBulk(event).length === 0) throw new Error('nothing was written');
      };
    case 'collector to a server':
      return collector(createOpenSearchIndex({ url }, { clock: Date.now }));
    case 'helpers.bulk to a server':
      return helpersBulk(url);
  }
}

/** Creates all and keeps none. */
export function acceptingIndex(): IndexPort {
  const created = { status: 'created' } as const;
  return { bulk: async ({ count }) => new Array<typeof created>(count).fill(created) };
}

/** The full path, of which only the far ends are left out: quarantine and signals are counted. */
export function collector(index: IndexPort, more: Partial<CollectorPorts> = {}): Subject {
  let settled = 0;
  const handler = createCollector({
    index,
    quarantine: { put: async () => {} },
    signals: { put: async () => {} },
    clock: Date.now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
    observe: ({ business, trail, platform, quarantined }) => {
      if (quarantined > 0) throw new Error(`${quarantined} lines went to quarantine`);
      settled = business + trail + platform;
    },
    ...more,
  });
  return async (event, lines) => {
    const { batchItemFailures } = await handler(event);
    if (batchItemFailures.length > 0 || settled !== lines) {
      throw new Error(`${settled} of ${lines} lines are settled, ${batchItemFailures.length} failures`);
    }
  };
}

function helpersBulk(url: string): Subject {
  const client = new Client({ node: url });
  return async (event, lines) => {
    const { successful } = await client.helpers.bulk({
      datasource: [...straightDocuments(event)],
      onDocument: ({ index, id }) => ({ create: { _index: index, _id: id } }),
    });
    if (successful !== lines) throw new Error(`${successful} of ${lines} documents were taken`);
  };
}
