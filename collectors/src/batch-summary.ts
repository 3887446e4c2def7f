/** The account of one batch: where each of its lines went, for operators and for the proof that none was lost. */
/**
 * `lines = business + trail + platform + quarantined + undelivered`, and
 * `records` = those that were read + `unreadable` + those that were left for the next delivery.
 */
export interface BatchSummary {
  /** Kinesis records in the batch. */
  readonly records: number;
  /** Records set aside whole, because no line could be read from them. */
  readonly unreadable: number;
  /** Reachability checks of the subscription. */
  readonly controlMessages: number;
  /** Log events in the records that could be read. */
  readonly lines: number;
  /** Log events of the pipeline's own log groups, which are not among `lines` and go nowhere. */
  readonly own: number;
  /** Lines that are in the business index now. */
  readonly business: number;
  /** Lines that are in the trail index now. */
  readonly trail: number;
  /** Platform lines, which are counted and make no document. */
  readonly platform: number;
  /** Lines that are in quarantine now. */
  readonly quarantined: number;
  /** Lines that are nowhere yet: their records are delivered again. */
  readonly undelivered: number;
  /** Documents among `business` and `trail` that an earlier delivery had written. */
  readonly repeated: number;
  /** Signals put for the detectors. */
  readonly signals: number;
  /** Sequence number from which the batch has to be delivered again. */
  readonly retryFrom?: string;
  readonly effort: BatchEffort;
}

/** What a batch took. */
export interface BatchEffort {
  /** From the handler's call to its answer, milliseconds. */
  readonly durationMs: number;
  /** Epoch milliseconds at which the batch's oldest and newest record reached Kinesis; undefined when none says. */
  readonly oldestArrival: number | undefined;
  readonly newestArrival: number | undefined;
  /** Characters of base64 that came in. */
  readonly dataChars: number;
  readonly bulk: Readonly<Record<'business' | 'trail', ChannelEffort>>;
}

/** What bulk calls took. */
export interface BulkEffort {
  readonly calls: number;
  readonly bytes: number;
  /** Documents that were sent again. */
  readonly retries: number;
  /** Calls that were cut in two because the index found them too large. */
  readonly halvings: number;
  /** Of each call in its order, until its answer or failure, milliseconds. */
  readonly callMs: readonly number[];
  /** Calls that failed as a whole, by the code or name of their error. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Bulk calls of one channel, with the documents that they did not bring into the index. */
export interface ChannelEffort extends BulkEffort {
  readonly rejected: number;
  readonly undelivered: number;
}
