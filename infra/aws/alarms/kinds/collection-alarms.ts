/** Alarms on an OpenSearch Serverless collection. */
import { type AlarmKind, NOTHING_TO_COUNT, type Statistic } from '../alarm-kind.ts';

function said(name: string, statistic: Statistic, ofAccount = false): AlarmKind['metric'] {
  const dimensions = ofAccount ? ['ClientId'] : ['ClientId', 'CollectionId', 'CollectionName'];
  return { namespace: 'AWS/AOSS', name, statistic, dimensions };
}

const COUNTED = {
  part: 'collection',
  comparison: '>',
  threshold: { value: 0 },
  period: 300,
  missing: 'notBreaching',
  whyMissing: NOTHING_TO_COUNT,
  losesData: false,
} as const;

function capacity(id: string, name: string, what: string): AlarmKind {
  return {
    ...COUNTED,
    id,
    metric: said(name, 'Maximum', true),
    comparison: '>=',
    // AWS gives an account 10 units for each kind of work until it asks for more.
    threshold: { value: 8 },
    periods: [3, 3],
    whyMissing: 'no unit is in use',
    means: `The account uses 8 or more capacity units for ${what}; it may have 10 where nothing else was set.`,
    risk: 'At the limit requests are slowed down and refused; documents wait on the stream.',
    first: 'Raise the limit of the account, and this threshold with it.',
  };
}

export const COLLECTION_ALARMS: readonly AlarmKind[] = [
  {
    ...COUNTED,
    id: 'collection-server-errors',
    metric: said('5xx', 'Sum'),
    periods: [2, 3],
    means: 'The collection answered with server errors.',
    risk: 'Documents wait on the log stream and come again.',
    first: 'See the AWS Health Dashboard; if it lasts, open a support case.',
  },
  {
    ...COUNTED,
    id: 'collection-writes-refused',
    metric: said('IngestionRequestErrors', 'Sum'),
    periods: [2, 3],
    means: 'The collection refused bulk requests: not allowed, too many, or not available.',
    risk: 'Documents wait on the log stream and come again.',
    first:
      'Does the data access policy name the roles of collector and detector? Is the capacity limit reached, or the number of indices?',
  },
  capacity('collection-indexing-capacity', 'IndexingOCU', 'indexing'),
  capacity('collection-search-capacity', 'SearchOCU', 'searching'),
];
