/** Bounds the detail that one instance writes, so that a storm of it cannot write the bill, and counts what it held back. */

export interface Ceiling {
  /** Detail that may be written in the long run. */
  readonly bytesPerSecond: number;
  /** Detail that may be written at once after a quiet time. */
  readonly burstBytes: number;
}

/** A token bucket in bytes. */
export class DetailCeiling {
  readonly #ceiling: Ceiling | undefined;
  /** Below 0 is debt of lines that had to pass. */
  #tokens: number;
  #filledMs = -Infinity;
  #heldLines = 0;
  #heldBytes = 0;

  /** Lets everything pass where there is no ceiling. */
  constructor(ceiling: Ceiling | undefined) {
    this.#ceiling = ceiling;
    this.#tokens = ceiling?.burstBytes ?? 0;
  }

  /** What was held back since the instance began. */
  get held(): { readonly lines: number; readonly bytes: number } {
    return { lines: this.#heldLines, bytes: this.#heldBytes };
  }

  /**
   * Whether a line may be written. One that `must` always may, and spends all the same, up to a debt of one burst.
   * @param bytes of the whole line
   * @param nowMs on a monotonic clock
   */
  take(bytes: number, nowMs: number, must: boolean): boolean {
    if (this.#ceiling === undefined) return true;
    const { bytesPerSecond, burstBytes } = this.#ceiling;
    const elapsedMs = nowMs - this.#filledMs;
    if (elapsedMs > 0) {
      this.#tokens = Math.min(this.#tokens + (elapsedMs / 1000) * bytesPerSecond, burstBytes);
    }
    this.#filledMs = nowMs;
    const passes = must || bytes <= this.#tokens;
    if (passes) this.#tokens = Math.max(this.#tokens - bytes, -burstBytes);
    else {
      this.#heldLines += 1;
      this.#heldBytes += bytes;
    }
    return passes;
  }
}
