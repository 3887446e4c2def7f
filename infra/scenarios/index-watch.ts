/** Measures, while a scenario runs, how long a record takes from the function that wrote it to the index. */
import type { StoredDocument } from '../local/index/stack-index.ts';

/** Milliseconds between two looks: what the figures can be too high by. */
const POLL_MS = 50;
const PAGE = 1_000;

export interface IndexLatency {
  readonly documents: number;
  /** Milliseconds from a record's own timestamp until its document could be read. */
  readonly p50_ms: number | null;
  readonly p95_ms: number | null;
}

interface ReadableIndex {
  after(cursor: number, limit: number): readonly StoredDocument[];
}

export class IndexWatch {
  readonly #index: ReadableIndex;
  readonly #latencies: number[] = [];
  readonly #timer: NodeJS.Timeout;
  #cursor = 0;

  constructor(index: ReadableIndex) {
    this.#index = index;
    this.#timer = setInterval(() => this.#look(), POLL_MS);
  }

  stop(): IndexLatency {
    clearInterval(this.#timer);
    const sorted = this.#latencies.toSorted((a, b) => a - b);
    const quantile = (q: number): number | null => sorted[Math.ceil(q * sorted.length) - 1] ?? null;
    return { documents: sorted.length, p50_ms: quantile(0.5), p95_ms: quantile(0.95) };
  }

  #look(): void {
    const now = Date.now();
    for (const { cursor, source } of this.#index.after(this.#cursor, PAGE)) {
      this.#cursor = cursor;
      const document = JSON.parse(source) as { '@timestamp': string; trailgate?: object };
      // A finding carries the time of the event that it found, not of its own writing.
      if (document.trailgate !== undefined) this.#latencies.push(now - Date.parse(document['@timestamp']));
    }
  }
}
