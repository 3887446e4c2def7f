/** Holds the ended spans of one invocation until it is known whether they are wanted. */

/** Where spans go that were wanted before they ended, and how many were let go. */
export interface SpanSink<S> {
  export(spans: readonly S[]): void;
  letGo(count: number, why: 'unkept' | 'overflowed'): void;
}

export interface BufferBounds {
  readonly maxSpans: number;
  readonly maxBytes: number;
}

interface Held<S> {
  readonly span: S;
  readonly bytes: number;
}

export class TraceBuffer<S> {
  readonly #sink: SpanSink<S>;
  readonly #bounds: BufferBounds;
  #held: (Held<S> | undefined)[] = [];
  /** Where the oldest is: moving it is cheaper than shifting the list. */
  #first = 0;
  #bytes = 0;
  #overflowed = 0;
  #state: 'open' | 'wanted' | 'unwanted' = 'open';

  constructor(sink: SpanSink<S>, bounds: BufferBounds) {
    this.#sink = sink;
    this.#bounds = bounds;
  }

  /** Spans that went because the bounds were reached. */
  get overflowed(): number {
    return this.#overflowed;
  }

  add(span: S, bytes: number): void {
    if (this.#state === 'open') this.#hold(span, bytes);
    else if (this.#state === 'wanted') this.#sink.export([span]);
    else this.#sink.letGo(1, 'unkept');
  }
  /** Spans that end later go the same way. */
  settle(wanted: boolean): void {
    if (this.#state !== 'open') return;
    this.#state = wanted ? 'wanted' : 'unwanted';
    const spans = this.#held.flatMap((held) => (held === undefined ? [] : [held.span]));
    this.#held = [];
    this.#first = 0;
    this.#bytes = 0;
    if (this.#overflowed > 0) this.#sink.letGo(this.#overflowed, 'overflowed');
    if (wanted) this.#sink.export(spans);
    else this.#sink.letGo(spans.length, 'unkept');
  }

  #hold(span: S, bytes: number): void {
    this.#held.push({ span, bytes });
    this.#bytes += bytes;
    // Parents end after their children, so what stays when the oldest go hangs together. The newest always stays.
    while (
      this.#size() > 1 &&
      (this.#size() > this.#bounds.maxSpans || this.#bytes > this.#bounds.maxBytes)
    ) {
      this.#dropOldest();
    }
  }

  #size(): number {
    return this.#held.length - this.#first;
  }

  #dropOldest(): void {
    this.#bytes -= this.#held[this.#first]?.bytes ?? 0;
    this.#held[this.#first] = undefined;
    this.#first += 1;
    this.#overflowed += 1;
    if (this.#first < this.#bounds.maxSpans) return;
    this.#held = this.#held.slice(this.#first);
    this.#first = 0;
  }
}
