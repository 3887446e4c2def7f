/** The parts that a deployment of a size will have, for counting its alarms before it is made. */
import type { PartCapacities } from '../aws/alarms/alarm-plan.ts';
import { PARTS_OF_ALL } from '../aws/alarms/part-capacities.ts';
import type { Size } from '../aws/sizes/size.ts';
import type { IndexChoice } from './parts/index-items.ts';

/** Only whether a measure is known decides if there is an alarm, so any number will do for those that every size has. */
const KNOWN = 1;
const FUNCTION = { timeout: KNOWN, memory: KNOWN, 'reserved concurrency': KNOWN };
const CONSUMER = { ...FUNCTION, 'time that records are kept': KNOWN };

export function sizeCapacities(size: Size, index: IndexChoice): PartCapacities {
  const ours = index === 'domain';
  return {
    ...PARTS_OF_ALL,
    collector: CONSUMER,
    detector: CONSUMER,
    ticker: FUNCTION,
    setup: FUNCTION,
    ...(index === 'serverless'
      ? { collection: {}, retention: FUNCTION }
      : { domain: ours ? { 'number of nodes': KNOWN, 'volume of a node': KNOWN } : {} }),
    ...(ours && size.search.masterNodes > 0 && { 'master nodes': {} }),
  };
}
