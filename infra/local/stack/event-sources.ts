/** The event source mappings of a local stack: logs to the collector, signals to the detector. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { EventSourceMapping } from '../event-source/event-source-mapping.ts';
import type { EventSourceObservation } from '../event-source/event-source-options.ts';
import type { FolderFailures } from '../storage/folder-failures.ts';
import { FUNCTIONS, STREAMS } from './names.ts';

export interface EventSourcePorts {
  readonly kinesis: KinesisClient;
  /** Calls a function; rejects when it fails. */
  readonly call: (functionName: string, event: unknown) => Promise<unknown>;
  readonly clock: () => number;
  readonly failures: FolderFailures;
  /** Fault: every batch is delivered twice. */
  readonly deliverTwice: boolean;
  readonly trouble: (line: string) => void;
}

const SOURCES = [
  { streamName: STREAMS.logs, functionName: FUNCTIONS.collector },
  { streamName: STREAMS.signals, functionName: FUNCTIONS.detector },
];

/** Made, not started. */
export function eventSources(ports: EventSourcePorts): readonly EventSourceMapping[] {
  const { kinesis, call, clock, failures, deliverTwice, trouble } = ports;
  return SOURCES.map(
    ({ streamName, functionName }) =>
      new EventSourceMapping({
        kinesis,
        streamName,
        functionName,
        invoke: (event) => call(functionName, event),
        startingPosition: 'TRIM_HORIZON',
        clock,
        sleep: (ms, signal) => sleep(ms, undefined, { signal }),
        onFailure: (failure) => failures.put(failure),
        duplicateBatches: deliverTwice,
        observe: (observation) => {
          if (observation.is === 'invoked' && observation.outcome === 'success') return;
          trouble(`${functionName}: ${describeTrouble(observation)}`);
        },
      }),
  );
}

function describeTrouble(observation: EventSourceObservation): string {
  switch (observation.is) {
    case 'invoked':
      return `${observation.outcome} on a batch of ${observation.records}, trying again: ${String(observation.error)}`;
    case 'discarded':
      return `${observation.records} records given up (${observation.condition})`;
    case 'trouble':
      return `trouble to ${observation.during}, trying again: ${String(observation.error)}`;
  }
}
