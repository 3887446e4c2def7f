/** Numbers the records of one instance, links those of its trail, and hands them to the output, whole lines at a time. */
import { flat } from '../json/flat.ts';
import { TrailChain } from '../trail/trail-chain.ts';
import { headEnd, headOpening } from '../wire/head.ts';
import {
  type Channel,
  CONTRACT_VERSION,
  type Level,
  type RecordKind,
  type TrailBody,
} from '../wire/record.ts';

/** A record that waits for its number: all of the head but version, instance and sequence. */
export interface PendingRecord {
  readonly level: Level;
  readonly timestamp: string;
  readonly channel: Channel;
  readonly kind: RecordKind;
  readonly weight: number;
  /** What follows the head: from the comma to the closing brace and the newline. */
  readonly tail: string;
  /** Of a trail record: the body that `tail` is the text of, to be linked when the record gets its number. */
  readonly chained?: TrailBody;
}

const RECORD_CLOSES = '}\n';
/** The counts are the last member of their record. */
const ROLLUP_CLOSES = '}}\n';

export class RecordWriter {
  readonly instance: string;
  readonly chain: TrailChain = new TrailChain();
  readonly #write: (text: string) => void;
  /** The last opening, and what it is the opening of: lines come in bursts that share it. */
  #opening = '';
  #openingOf: PendingRecord | undefined;
  #seq = 0;

  constructor(instance: string, write: (text: string) => void) {
    this.instance = instance;
    this.#write = write;
  }

  /** Writes all records at once. Numbers are given here and not earlier, so that they follow the order of the lines. */
  write(records: readonly PendingRecord[]): void {
    if (records.length === 0) return;
    let text = '';
    for (const record of records) {
      const { kind, weight } = record;
      const seq = this.#seq++;
      text += this.#openingFor(record) + headEnd(seq, weight);
      text += kind === 'trail' || kind === 'rollup' ? this.#chainedTail(record, seq) : record.tail;
    }
    this.#hand(text);
  }

  /** Lines of other contracts, which have no number: without line ends. */
  writeLines(lines: readonly string[]): void {
    if (lines.length > 0) this.#hand(`${lines.join('\n')}\n`);
  }

  #openingFor(record: PendingRecord): string {
    const last = this.#openingOf;
    if (
      last === undefined ||
      last.timestamp !== record.timestamp ||
      last.level !== record.level ||
      last.kind !== record.kind
    ) {
      const { level, timestamp, channel, kind } = record;
      const head = { version: CONTRACT_VERSION, channel, kind, instance: this.instance, level, timestamp };
      this.#opening = flat(headOpening(head));
      this.#openingOf = record;
    }
    return this.#opening;
  }

  #hand(text: string): void {
    try {
      this.#write(text);
    } catch {
      // An output that fails must not fail the handler; the gap in the sequence tells the collector.
    }
  }

  /** A rollup says where the chain ends at the moment it is written, with the records just before it. */
  #chainedTail({ tail, chained, ...record }: PendingRecord, seq: number): string {
    if (chained !== undefined) {
      const head = { version: CONTRACT_VERSION, instance: this.instance, seq, ...record };
      return withMember(tail, RECORD_CLOSES, this.chain.seal(head, chained));
    }
    const { end } = this.chain;
    return end === undefined || record.kind !== 'rollup' ? tail : withMember(tail, ROLLUP_CLOSES, end);
  }
}

function withMember(tail: string, closing: string, chain: object): string {
  return `${tail.slice(0, -closing.length)},"chain":${JSON.stringify(chain)}${closing}`;
}
