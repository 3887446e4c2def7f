/** Judges while the run goes on what cannot be seen at its end: checkpoints, accounts, the trail's haste, bytes under way. */
import type { BatchSummary } from '@trailgate/collectors';
import type { StreamRecord } from '../../../infra/local/event-source/stream-record.ts';
import type { FunctionProcess } from '../schedule/function-process.ts';
import type { Expected } from './reference.ts';
import { readBatch, signalText } from './signal-count.ts';
import type { Violation } from './violation.ts';

export interface WatchParts {
  readonly now: () => number;
  readonly expectedOf: (record: StreamRecord) => Expected | undefined;
  /** Whether the index has the document now, by `<index>/<id>`. */
  readonly isIndexed: (path: string) => boolean;
  readonly isQuarantined: (id: string) => boolean;
  readonly isGivenUp: (record: StreamRecord) => boolean;
  readonly inFlightBytes: number;
}

/** Virtual time in which the trail's lines of an invocation must be searchable while only business is in trouble. */
const TRAIL_BOUND_MS = 2_500;

export class Watch {
  readonly violations: Violation[] = [];
  readonly #parts: WatchParts;
  readonly #invoked = new Map<FunctionProcess, readonly StreamRecord[]>();
  readonly #underWay = new Map<string, number>();
  readonly #signals = new Set<string>();
  /** By path of a trail document: when it was first handed to a function. */
  readonly #handed = new Map<string, number>();
  #slowestTrailMs = 0;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  get slowestTrailMs(): number {
    return this.#slowestTrailMs;
  }

  onSignals(data: string): void {
    const { key, signals } = readBatch(data);
    for (const signal of signals) this.#signals.add(signalText(key, signal));
  }

  onInvocation(process: FunctionProcess, records: readonly StreamRecord[]): void {
    this.#invoked.set(process, records);
    for (const record of records) {
      for (const path of this.#parts.expectedOf(record)?.documents.keys() ?? []) {
        const isNew = path.startsWith('trail-') && !this.#parts.isIndexed(path);
        if (isNew && !this.#handed.has(path)) this.#handed.set(path, this.#parts.now());
      }
    }
  }

  /** Called for each trail document when it becomes searchable. */
  onTrailDocument(path: string): void {
    const handed = this.#handed.get(path);
    if (handed !== undefined)
      this.#slowestTrailMs = Math.max(this.#slowestTrailMs, this.#parts.now() - handed);
  }

  judgeHaste(): void {
    if (this.#slowestTrailMs <= TRAIL_BOUND_MS) return;
    this.#add(
      'trail waited for business',
      `${Math.round(this.#slowestTrailMs)} ms until a trail line was searchable`,
    );
  }

  /** Everything up to the checkpoint must be durable at this moment. */
  onCheckpoint(records: readonly StreamRecord[]): void {
    for (const record of records) {
      if (this.#parts.isGivenUp(record)) continue;
      const expected = this.#parts.expectedOf(record);
      if (expected === undefined) continue;
      const place = `record ${record.sequenceNumber.slice(-6)}`;
      for (const path of expected.documents.keys()) {
        if (!this.#parts.isIndexed(path)) this.#past(`${place}: document ${path}`);
      }
      for (const id of expected.quarantine.keys()) {
        if (!this.#parts.isQuarantined(id)) this.#past(`${place}: quarantine entry ${id}`);
      }
      for (const { key, signals } of expected.batches) {
        for (const signal of signals) {
          if (!this.#signals.has(signalText(key, signal)))
            this.#add('signal lost', `${place}: ${key} ${signal.kind}`);
        }
      }
    }
  }

  onSummary(process: FunctionProcess, summary: BatchSummary): void {
    const { lines, business, trail, platform, quarantined, undelivered, retryFrom } = summary;
    const sum = business + trail + platform + quarantined + undelivered;
    if (lines !== sum || undelivered < 0) this.#add('account', `${lines} lines, but ${sum} in places`);
    const expected = (this.#invoked.get(process) ?? []).map(
      (record) => this.#parts.expectedOf(record)?.summary,
    );
    if (retryFrom !== undefined) return;
    for (const count of ['lines', 'platform', 'unreadable', 'controlMessages'] as const) {
      const owed = expected.reduce((total, each) => total + (each?.[count] ?? 0), 0);
      if (owed !== summary[count]) this.#add('account', `${count}: expected ${owed}, got ${summary[count]}`);
    }
  }

  /** A body may leave beside what is under way only within the limit; one that is larger alone goes alone. */
  onBytes(process: FunctionProcess, channel: string, more: number): void {
    const key = `${process.name} ${channel}`;
    const before = this.#underWay.get(key) ?? 0;
    this.#underWay.set(key, before + more);
    if (more > 0 && before > 0 && before + more > this.#parts.inFlightBytes) {
      this.#add('bytes in flight', `${key}: ${before} and ${more} of ${this.#parts.inFlightBytes}`);
    }
  }

  #past(what: string): void {
    this.#add('checkpoint past what is not durable', what);
  }

  #add(promise: Violation['promise'], what: string): void {
    this.violations.push({ promise, what });
  }
}
