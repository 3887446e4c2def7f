/** What the parts of a deployment have, in the units that their alarms measure in. */
import type { PartCapacities } from './alarm-plan.ts';
import type { ConsumerPart, FunctionPart, PipelineParts } from './pipeline-parts.ts';

const MB = 1_024 * 1_024;
/** OpenSearch Service counts free storage in MB of a volume given in GB. */
const MB_A_GB = 1_024;

/** What every deployment has, and whose alarms need to know nothing of it. */
export const PARTS_OF_ALL = {
  'log stream': {},
  'signal stream': {},
  subscriptions: {},
  services: {},
  'limits table': {},
  'buckets table': {},
  'failures bucket': {},
  'findings topic': {},
  'alarm topic': {},
} as const satisfies PartCapacities;

export function partCapacities(parts: PipelineParts): PartCapacities {
  const { index, domainNodes } = parts;
  return {
    ...PARTS_OF_ALL,
    collector: ofConsumer(parts.collector),
    detector: ofConsumer(parts.detector),
    ticker: ofFunction(parts.ticker),
    ...(parts.setup !== undefined && { setup: ofFunction(parts.setup) }),
    ...(parts.retention !== undefined && { retention: ofFunction(parts.retention) }),
    ...(parts.accountSubscription === true && { 'account subscription': {} }),
    ...(index.collection !== undefined && { collection: {} }),
    ...(index.domain !== undefined && {
      domain:
        domainNodes === undefined
          ? {}
          : {
              'number of nodes': domainNodes.dataNodes + domainNodes.masterNodes,
              'volume of a node': domainNodes.volumeGb * MB_A_GB,
            },
    }),
    ...(domainNodes !== undefined && domainNodes.masterNodes > 0 && { 'master nodes': {} }),
  };
}

function ofFunction({ timeout, memory, reservedConcurrency }: FunctionPart) {
  return {
    timeout: timeout.toMilliseconds(),
    memory: memory * MB,
    ...(reservedConcurrency !== undefined && { 'reserved concurrency': reservedConcurrency }),
  };
}

function ofConsumer(consumer: ConsumerPart) {
  return {
    ...ofFunction(consumer),
    'time that records are kept': consumer.recordsKept.toMilliseconds(),
  };
}
