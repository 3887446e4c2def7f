/** What the documents of one log stream have in common, as bytes: their action lines and their provenance. */
import type { Channel } from '@trailgate/sdk/wire';
import { viewOf } from '../decode/literal.ts';
import { ACTION_END, actionLine } from '../delivery/bulk-body.ts';
import { documentId, streamHash } from '../documents/document-id.ts';
import { type IndexCut, indexName } from '../documents/index-name.ts';
import { functionName, provenance, sourceStream } from '../documents/provenance.ts';

export interface StreamEnvelope {
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
}

/** What stands around the source of a document; an event's id is written over `idBytes` in each of both. */
export interface DocumentFrame {
  /** Action line. */
  readonly action: Buffer;
  readonly actionView: DataView;
  readonly idInAction: number;
  /** `,"cloud":…}`: the rest of the source behind the record's own members. */
  readonly tail: Buffer;
  readonly tailView: DataView;
  readonly idInTail: number;
}

/** Writes the id of the event whose document comes next. */
export function setId(frame: DocumentFrame, view: DataView, idStart: number, idBytes: number): void {
  const { actionView, idInAction, tailView, idInTail } = frame;
  let i = 0;
  for (; i + 4 <= idBytes; i += 4) {
    const word = view.getInt32(idStart + i, true);
    actionView.setInt32(idInAction + i, word, true);
    tailView.setInt32(idInTail + i, word, true);
  }
  for (; i < idBytes; i++) {
    const byte = view.getUint8(idStart + i);
    actionView.setUint8(idInAction + i, byte);
    tailView.setUint8(idInTail + i, byte);
  }
}

/** Stands where an event's id goes; as long as any id is that needs no hash. */
const NO_ID = 'i'.repeat(64);
/** Frames that are kept: a batch has few days. */
const KEPT_FRAMES = 32;

export class StreamFrame {
  readonly envelope: StreamEnvelope;
  readonly streamHash: string;
  /** What the signals call it. */
  readonly sourceStream: string;
  /** The function's name as JSON has it between quotes; empty where the group is no function's. */
  readonly functionName: Buffer;
  /** `,"faas":{"name":…}` for a record that has none. */
  readonly faas: Buffer;
  readonly #frames = new Map<string, DocumentFrame>();

  constructor(envelope: StreamEnvelope) {
    const { owner, logGroup, logStream } = envelope;
    this.envelope = envelope;
    this.sourceStream = sourceStream(envelope);
    this.streamHash = streamHash(owner, logGroup, logStream);
    const name = JSON.stringify(functionName(logGroup) ?? '');
    this.functionName = Buffer.from(name.slice(1, -1));
    this.faas = Buffer.from(`,"faas":{"name":${name}}`);
  }

  /** The same memory for all ids of a length and index. `time` is of the record and `logged` of its log event, epoch milliseconds. */
  documentFrame(
    channel: Channel,
    time: number,
    logged: number,
    idBytes: number,
    cut: IndexCut,
  ): DocumentFrame {
    const index = indexName(channel, time, logged, cut);
    const key = `${index}/${idBytes}`;
    const known = this.#frames.get(key);
    if (known !== undefined) return known;
    const eventId = NO_ID.slice(0, idBytes);
    const action = Buffer.from(actionLine(index, documentId(this.streamHash, eventId)));
    const { faas: _, ...stamped } = provenance({ ...this.envelope, eventId }, {});
    const tail = Buffer.from(`,${JSON.stringify(stamped).slice(1)}`);
    const frame = {
      action,
      actionView: viewOf(action),
      idInAction: action.length - ACTION_END - idBytes,
      tail,
      tailView: viewOf(tail),
      idInTail: tail.lastIndexOf(eventId),
    };
    if (this.#frames.size >= KEPT_FRAMES) this.#frames.clear();
    this.#frames.set(key, frame);
    return frame;
  }
}
