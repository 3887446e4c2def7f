/** What is measured: each takes one Lambda event and brings its documents as far as its name says. */
import { Client } from '@opensearch-project/opensearch';
import { createOpenSearchIndex } from '@trailgate/collectors/opensearch';
import { acceptingIndex, collector, type Subject } from './full-path.ts';
import { straightBulk, straightDocuments } from './straightforward.ts';

export const SUBJECTS = [
  'collector',
  'straightforward',
  'collector to a server',
  'helpers.bulk to a server',
] as const;
export type SubjectName = (typeof SUBJECTS)[number];

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
