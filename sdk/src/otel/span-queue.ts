/** Holds spans that are to be exported until the collector has taken them, within bounds, and sends one batch at a time. */
import type { TracingPorts } from './tracing-options.ts';

export interface Sized<S> {
  readonly span: S;
  readonly bytes: number;
}

/** Counts of spans since the start. */
export interface SpanCounts {
  /** Taken by the collector. */
  readonly exported: number;
  /** Let go because their invocation was neither kept nor failed. */
  readonly unkept: number;
  /** Let go because more came than a buffer holds. */
  readonly overflowed: number;
  /** Let go because the collector said that the request is wrong. */
  readonly refused: number;
  /** Wait for the collector, on their way included. */
  readonly waiting: number;
}

export const NO_SPANS: SpanCounts = { exported: 0, unkept: 0, overflowed: 0, refused: 0, waiting: 0 };

/** `later` is worth another try, `refused` is not. */
export type SendResult = 'taken' | 'refused' | 'later';

/** Never rejects. */
export type SendSpans<S> = (spans: readonly S[]) => Promise<SendResult>;

/** Bounds of what waits; what is on its way is within them too. */
const MAX_SPANS = 2048;
const MAX_BYTES = 2_097_152;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** A collector that neither answers nor ends would otherwise hold back all that comes after. */
const FLIGHT_MS = 30_000;

/** While the collector fails, spans wait and invocations do not: it is asked again after 1 s, then 2 s, up to 30 s. */
export class SpanQueue<S> {
  readonly #send: SendSpans<S>;
  readonly #ports: Pick<TracingPorts, 'monotonic' | 'after'>;
  #waiting: Sized<S>[] = [];
  #waitingBytes = 0;
  #flying: readonly Sized<S>[] = [];
  #flight: Promise<void> | undefined;
  #nextFlight: Promise<void> | undefined;
  #failures = 0;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;
  #exported = 0;
  #overflowed = 0;
  #refused = 0;

  constructor(send: SendSpans<S>, ports: Pick<TracingPorts, 'monotonic' | 'after'>) {
    this.#send = send;
    this.#ports = ports;
  }

  get exported(): number {
    return this.#exported;
  }

  get overflowed(): number {
    return this.#overflowed;
  }

  get refused(): number {
    return this.#refused;
  }

  get waiting(): number {
    return this.#waiting.length + this.#flying.length;
  }

  add(spans: readonly Sized<S>[]): void {
    for (const sized of spans) this.#waitingBytes += sized.bytes;
    this.#waiting = [...this.#waiting, ...spans];
    this.#trim();
  }

  /**
   * Settles when what waits at the call was sent or has failed, or `limitMs` are over. Undefined where there is
   * nothing to wait for: no spans, no time, or a collector that failed a moment ago.
   */
  flush(limitMs: number): Promise<void> | undefined {
    if (this.#waiting.length === 0 || !(limitMs > 0) || this.#paused()) return undefined;
    // What is on its way left before these spans came.
    this.#nextFlight ??= (this.#flight ?? Promise.resolve()).then(() => this.#fly());
    return this.#atMost(limitMs, this.#nextFlight);
  }

  #atMost(limitMs: number, flight: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#ports.after(limitMs, () => {
        // A collector this slow is not waited for by the next invocation too.
        this.#pause();
        resolve();
      });
      flight.then(() => {
        cancel();
        resolve();
      });
    });
  }

  #fly(): Promise<void> {
    this.#nextFlight = undefined;
    if (this.#waiting.length === 0 || this.#paused()) return Promise.resolve();
    this.#flying = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#flight = this.#arrive(this.#flying.map(({ span }) => span)).then((result) => {
      this.#land(result);
      this.#flight = undefined;
    });
    return this.#flight;
  }

  #arrive(spans: readonly S[]): Promise<SendResult> {
    return new Promise((resolve) => {
      const cancel = this.#ports.after(FLIGHT_MS, () => resolve('later'));
      this.#send(spans).then((result) => {
        cancel();
        resolve(result);
      });
    });
  }

  #land(result: SendResult): void {
    const landed = this.#flying;
    this.#flying = [];
    if (result === 'later') {
      for (const { bytes } of landed) this.#waitingBytes += bytes;
      this.#waiting = [...landed, ...this.#waiting];
      this.#trim();
      if (!this.#paused()) this.#pause();
      return;
    }
    if (result === 'taken') this.#exported += landed.length;
    else this.#refused += landed.length;
    this.#failures = 0;
    this.#pausedUntilMs = Number.NEGATIVE_INFINITY;
  }

  #paused(): boolean {
    return this.#ports.monotonic() < this.#pausedUntilMs;
  }

  #pause(): void {
    this.#pausedUntilMs =
      this.#ports.monotonic() + Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS);
    this.#failures = Math.min(this.#failures + 1, 10);
  }

  /** The oldest go first: what has just failed is what someone will look for. */
  #trim(): void {
    let dropped = 0;
    while (this.#waiting.length - dropped > MAX_SPANS || this.#waitingBytes > MAX_BYTES) {
      this.#waitingBytes -= this.#waiting[dropped]?.bytes ?? this.#waitingBytes;
      dropped += 1;
    }
    if (dropped === 0) return;
    this.#waiting = this.#waiting.slice(dropped);
    this.#overflowed += dropped;
  }
}
