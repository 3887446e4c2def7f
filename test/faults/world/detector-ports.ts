/** The detector's ports in the same world: findings in the trail index, caps in a DynamoDB, snapshots with versions. */
import {
  createCapPort,
  type DetectorPorts,
  type MetricDatum,
  SnapshotConflictError,
} from '@trailgate/detectors';
import { DynamoError, type DynamoPort } from '@trailgate/sdk/limits';
import type { MemoryDynamo } from '../../contracts/memory-dynamo.ts';
import type { ActiveFaults } from '../plan/active-faults.ts';
import type { CallFaultName } from '../plan/fault.ts';
import type { FunctionProcess } from '../schedule/function-process.ts';
import { callService, type Fate, type Wire } from '../schedule/service-call.ts';
import { fateOf } from './call-fates.ts';
import type { IndexStore } from './index-store.ts';

export interface Snapshot {
  readonly state: string;
  readonly version: string;
}

export interface DetectorServices extends Wire {
  readonly faults: ActiveFaults;
  readonly limitMs: number;
  readonly findings: IndexStore;
  readonly dynamo: MemoryDynamo;
  readonly snapshots: Map<string, Snapshot>;
  readonly published: MetricDatum[];
}

export const TABLES = { limits: 'limits', buckets: 'buckets' } as const;

export function detectorPorts(services: DetectorServices, process: FunctionProcess): DetectorPorts {
  const { faults, limitMs, snapshots } = services;
  return {
    snapshots: {
      load: (shard) => {
        const fate = fateOf(undefined, limitMs);
        return callService(services, process, 'load of the snapshot', fate, () => snapshots.get(shard));
      },
      save: (shard, state, expected) => {
        const fault = faults.ofCall('snapshots');
        return callService(services, process, 'save of the snapshot', fateOf(fault, limitMs), () => {
          const stored = snapshots.get(shard)?.version;
          if (stored !== expected || fault === 'conflict') {
            throw new SnapshotConflictError(shard, expected, stored);
          }
          const version = String(Number(stored ?? 0) + 1);
          snapshots.set(shard, { state, version });
          return version;
        });
      },
    },
    findings: {
      put: (findings) => {
        const fate = fateOf(faults.ofCall('findings'), limitMs);
        return callService(services, process, `put of ${findings.length} findings`, fate, () => {
          for (const finding of findings) {
            const outcome = services.findings.create(finding);
            if (outcome.status === 'rejected') throw new Error(`finding refused: ${outcome.reason}`);
          }
        });
      },
    },
    caps: createCapPort(dynamoPort(services, process), TABLES),
    metrics: {
      put: (data) =>
        callService(services, process, `put of ${data.length} metrics`, { is: 'served' }, () => {
          services.published.push(...data);
        }),
    },
    clock: () => faults.clock('detector'),
  };
}

function dynamoPort(services: DetectorServices, process: FunctionProcess): DynamoPort {
  return {
    send: (operation, input) => {
      const fate = dynamoFate(services.faults.ofCall('caps'), services.limitMs);
      return callService(services, process, `${operation} of a cap`, fate, () => {
        const answer = services.dynamo.send(operation, input);
        // Whoever waits for it is told later, or never.
        answer.catch(() => undefined);
        return answer;
      });
    },
  };
}

function dynamoFate(fault: CallFaultName | undefined, limitMs: number): Fate {
  switch (fault) {
    case 'throttled':
      return { is: 'refused', error: new DynamoError('ProvisionedThroughputExceededException', 'slow down') };
    case 'whole 500':
      return { is: 'refused', error: new DynamoError('InternalServerError', 'again') };
    default:
      return fateOf(fault, limitMs);
  }
}
