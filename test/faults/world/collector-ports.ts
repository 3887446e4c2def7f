/** The collector's ports in a sick world: every call is under way for a while, may fail, and may outlive its process. */
import type { KinesisClient, PutRecordsCommand, PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import {
  type BatchSummary,
  type BulkDocuments,
  type BulkOutcome,
  type CollectorPorts,
  createKinesisSignals,
  type IndexPort,
  type QuarantineEntry,
} from '@trailgate/collectors';
import type { ActiveFaults } from '../plan/active-faults.ts';
import type { FunctionProcess } from '../schedule/function-process.ts';
import { callService, type Wire } from '../schedule/service-call.ts';
import { fateOf } from './call-fates.ts';
import type { IndexStore, SentDocument } from './index-store.ts';
import type { KinesisStream } from './stream.ts';

export interface CollectorServices extends Wire {
  readonly faults: ActiveFaults;
  readonly limitMs: number;
  readonly bodyLimit: number;
  readonly business: IndexStore;
  readonly trail: IndexStore;
  readonly quarantine: Map<string, QuarantineEntry>;
  readonly signals: KinesisStream;
  /** Told of bytes that are under way to an index, more or less of them. */
  readonly onBytes: (process: FunctionProcess, channel: 'business' | 'trail', more: number) => void;
  readonly onSummary: (process: FunctionProcess, summary: BatchSummary) => void;
}

export function collectorPorts(services: CollectorServices, process: FunctionProcess): CollectorPorts {
  const { timeline, faults, chance } = services;
  return {
    index: indexPort('business', services, process),
    trailIndex: indexPort('trail', services, process),
    quarantine: {
      put: (entries) => {
        const fate = fateOf(faults.ofCall('quarantine'), services.limitMs);
        return callService(services, process, `quarantine of ${entries.length}`, fate, () => {
          for (const entry of entries) {
            if (!services.quarantine.has(entry.id)) services.quarantine.set(entry.id, entry);
          }
        });
      },
    },
    signals: createKinesisSignals(signalsClient(services, process), 'signals', {
      sleep: (ms) => timeline.sleep(ms, 'waits to put signals again', process),
      random: () => chance.next(),
    }),
    clock: () => faults.clock('collector'),
    sleep: (ms) => timeline.sleep(ms, 'waits to try again', process),
    random: () => chance.next(),
    observe: (summary) => services.onSummary(process, summary),
  };
}

function indexPort(
  channel: 'business' | 'trail',
  services: CollectorServices,
  process: FunctionProcess,
): IndexPort {
  const { faults, chance, limitMs } = services;
  return {
    async bulk(documents) {
      const sent = copyOf(documents);
      const bytes = documents.bytes.byteLength;
      const fault = faults.ofCall(channel);
      const what = `bulk of ${sent.length} to ${channel}`;
      services.onBytes(process, channel, bytes);
      try {
        return await callService(services, process, what, fateOf(fault, limitMs), () => {
          const red = faults.isRed(channel);
          if (bytes > services.bodyLimit) faults.note('body too large');
          const outcomes = services[channel].bulk(sent, bytes, (): BulkOutcome | undefined => {
            if (red) return { status: 'retry', reason: '503 unavailable_shards_exception' };
            if (fault === 'some items 429' && chance.chance(0.5)) {
              return { status: 'retry', reason: '429 es_rejected_execution_exception' };
            }
            if (fault === 'some items 503' && chance.chance(0.5)) return { status: 'retry', reason: '503' };
            return undefined;
          });
          return fault === 'answer too short' ? outcomes.slice(0, outcomes.length >> 1) : outcomes;
        });
      } finally {
        services.onBytes(process, channel, -bytes);
      }
    },
  };
}

/** What the bytes of a call say is what counts; its other members must say the same. */
function copyOf(documents: BulkDocuments): readonly SentDocument[] {
  const lines = Buffer.from(documents.bytes).toString().split('\n');
  if (lines.length !== documents.count * 2 + 1 || lines.at(-1) !== '') {
    throw new TypeError(`bulk: expected two lines for each of ${documents.count}, got ${lines.length - 1}`);
  }
  return Array.from({ length: documents.count }, (_, position) => {
    const action = JSON.parse(lines[position * 2] ?? '') as {
      readonly create: { _index: string; _id: string };
    };
    const document = {
      index: action.create._index,
      id: action.create._id,
      source: lines[position * 2 + 1] ?? '',
    };
    const same =
      documents.index(position) === document.index &&
      documents.id(position) === document.id &&
      Buffer.from(documents.source(position)).toString() === document.source;
    if (!same) throw new TypeError(`bulk: document ${position} is not what the bytes say`);
    return document;
  });
}

/** Only `send` is there: the port uses nothing else of a client. */
function signalsClient(services: CollectorServices, process: FunctionProcess): KinesisClient {
  const { faults, chance, signals, limitMs } = services;
  const send = ({ input }: PutRecordsCommand): Promise<PutRecordsCommandOutput> => {
    const records = input.Records ?? [];
    const fault = faults.ofCall('signals');
    const share = fault === 'all records throttled' ? 1 : fault === 'some records throttled' ? 0.5 : 0;
    return callService(services, process, `put of ${records.length} signals`, fateOf(fault, limitMs), () => ({
      $metadata: {},
      Records: records.map(({ PartitionKey = '', Data = new Uint8Array() }) => {
        if (chance.chance(share)) return { ErrorCode: 'ProvisionedThroughputExceededException' };
        const put = signals.put(PartitionKey, Buffer.from(Data).toString('base64'));
        return { SequenceNumber: put.sequenceNumber, ShardId: 'shard' };
      }),
    }));
  };
  return { send } as unknown as KinesisClient;
}
