/** Classic mistakes of log shippers, planted from outside: in the collector's answer or between it and its ports. */
import {
  type BulkDocuments,
  type BulkOutcome,
  type CollectorPorts,
  createCollector,
  type IndexPort,
} from '@trailgate/collectors';
import type { CollectorFactory } from '../world/world.ts';

export const PLANTED: Readonly<Record<string, CollectorFactory>> = {
  'checkpoint past a failure': (ports, options) => {
    const collect = createCollector(ports, options);
    return async (event, context) => {
      const { batchItemFailures } = await collect(event, context);
      const from = batchItemFailures[0]?.itemIdentifier;
      // The record that failed instead of the one behind the last that did not: an answer that is off by one.
      const failed = event.Records.findIndex(({ kinesis }) => kinesis.sequenceNumber === from);
      const behind = failed === -1 ? undefined : event.Records[failed + 1];
      return {
        batchItemFailures: behind === undefined ? [] : [{ itemIdentifier: behind.kinesis.sequenceNumber }],
      };
    };
  },

  'ids from the order of arrival': (ports, options) => {
    let arrived = 0;
    return createCollector(
      withIndex(ports, (index) => ({
        bulk: (documents) => {
          const first = arrived;
          arrived += documents.count;
          return index.bulk(renamed(documents, (_, position) => `arrived-${first + position}`));
        },
      })),
      options,
    );
  },

  '409 taken for a failure': (ports, options) =>
    createCollector(
      withOutcomes(ports, (outcome) =>
        outcome.status === 'exists' ? { status: 'retry', reason: '409' } : outcome,
      ),
      options,
    ),

  'the whole batch tried again as new': (ports, options) => {
    const sent = new Map<string, number>();
    return createCollector(
      withIndex(ports, (index) => ({
        bulk: (documents) => {
          const ids = Array.from({ length: documents.count }, (_, position) => documents.id(position));
          const attempt = Math.max(...ids.map((id) => sent.get(id) ?? 0));
          for (const id of ids) sent.set(id, attempt + 1);
          return index.bulk(renamed(documents, (id) => (attempt === 0 ? id : `${id}-again-${attempt}`)));
        },
      })),
      options,
    );
  },

  'poison swallowed': (ports, options) =>
    createCollector(
      withOutcomes(ports, (outcome) => (outcome.status === 'rejected' ? { status: 'created' } : outcome)),
      options,
    ),

  'signals dropped when the stream refuses them': (ports, options) =>
    createCollector(
      { ...ports, signals: { put: (batches) => ports.signals.put(batches).catch(() => undefined) } },
      options,
    ),

  'trail behind business': (ports, options) => {
    // One circuit breaker for both channels: while business is refused, nothing is sent.
    let refused = false;
    const { index, trailIndex = index } = ports;
    return createCollector(
      {
        ...ports,
        index: {
          async bulk(documents) {
            refused = true;
            const outcomes = await index.bulk(documents);
            refused = outcomes.some(({ status }) => status === 'retry');
            return outcomes;
          },
        },
        trailIndex: {
          async bulk(documents) {
            do await ports.sleep(50);
            while (refused);
            return trailIndex.bulk(documents);
          },
        },
      },
      options,
    );
  },
};

function withIndex(ports: CollectorPorts, wrap: (index: IndexPort) => IndexPort): CollectorPorts {
  const { index, trailIndex = index } = ports;
  return { ...ports, index: wrap(index), trailIndex: wrap(trailIndex) };
}

function withOutcomes(ports: CollectorPorts, change: (outcome: BulkOutcome) => BulkOutcome): CollectorPorts {
  return withIndex(ports, (index) => ({
    bulk: async (documents) => (await index.bulk(documents)).map(change),
  }));
}

function renamed(documents: BulkDocuments, name: (id: string, position: number) => string): BulkDocuments {
  const { count } = documents;
  const id = (position: number): string => name(documents.id(position), position);
  const lines = Array.from({ length: count }, (_, position) => {
    const action = { create: { _index: documents.index(position), _id: id(position) } };
    return `${JSON.stringify(action)}\n${Buffer.from(documents.source(position)).toString()}\n`;
  });
  return {
    count,
    bytes: Buffer.from(lines.join('')),
    index: (position) => documents.index(position),
    id,
    source: (position) => documents.source(position),
  };
}
