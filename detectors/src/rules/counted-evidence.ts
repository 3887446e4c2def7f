/** What a hit says of the events that made it. */
export interface CountedEvidence {
  readonly attempts: number;
  /** Distinct values that count, and all that were seen; of value_count only. */
  readonly values?: number;
  readonly valuesSeen?: number;
  /** Event times of the first and last of them, epoch milliseconds. */
  readonly first: number;
  readonly last: number;
}
