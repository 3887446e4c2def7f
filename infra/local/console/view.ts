/** What the console page shows, as plain data: the server makes it, the page draws it. */

/** Width of every chart, in seconds. */
export const WINDOW_SECONDS = 300;
export const MAX_TRAIL_ROWS = 200;
export const MAX_FINDINGS = 500;

/** One second of traffic, as the instances counted it. */
export interface TrafficPoint {
  /** Epoch seconds. */
  readonly second: number;
  /** Status below 400. */
  readonly answered: number;
  /** 4xx except 429. */
  readonly rejected: number;
  /** 429: mostly the limiter's work. */
  readonly refused: number;
  /** 5xx. */
  readonly errors: number;
  /** Milliseconds; null when nothing was measured. */
  readonly p50: number | null;
  readonly p95: number | null;
}

export interface TrailRow {
  /** Arrival order; unique. */
  readonly cursor: number;
  /** Event time, epoch ms; null when the document has none that can be read. */
  readonly at: number | null;
  readonly action: string;
  readonly outcome: string;
  readonly principal: string;
  readonly user: string;
  readonly source: string;
  readonly route: string;
  /** Events that the row stands for. */
  readonly count: number;
}

export interface FindingRow {
  readonly cursor: number;
  readonly at: number | null;
  readonly rule: string;
  readonly tenant: string;
  readonly principal: string;
  readonly message: string;
  readonly evidence: readonly { readonly name: string; readonly value: string }[];
  /** What was asked for, as a sentence; absent when the rule caps nobody. */
  readonly cap?: string;
}

export type CapState = 'held' | 'rising' | 'shadow' | 'overruled' | 'operator';

export interface CapRow {
  /** Tenant, client and detector: unique. */
  readonly key: string;
  readonly tenant: string;
  readonly client: string;
  readonly cls: string;
  readonly rule: string;
  readonly state: CapState;
  /** Requests a second that this cap allows now. */
  readonly rate: number;
  /** Requests a second of a client that nobody capped. */
  readonly base: number;
  /** Epoch ms when the rate begins to rise; equals `end` for an operator's. */
  readonly hold: number;
  /** Epoch ms. */
  readonly end: number;
  /** Epoch ms when it was written, for the bar; null when the table does not say (an operator's). */
  readonly from: number | null;
}

export interface StackFacts {
  readonly apiUrl: string;
  readonly instances: readonly {
    readonly functionName: string;
    readonly pid: number;
    readonly state: string;
  }[];
  readonly pipeline: {
    /** Records that have arrived and are not yet processed. */
    readonly lag: number;
    /** Records put aside because they could not be read. */
    readonly quarantined: number;
  };
}

/** All that a page needs to begin. */
export interface ConsoleState {
  /** The server's clock, epoch ms. */
  readonly now: number;
  /** Ascending; a second that is absent had no traffic. */
  readonly points: readonly TrafficPoint[];
  /** Newest first. */
  readonly trail: readonly TrailRow[];
  /** Newest first. */
  readonly findings: readonly FindingRow[];
  readonly caps: readonly CapRow[];
  readonly facts: StackFacts;
  /** Documents that were not readable as JSON objects. */
  readonly unreadable: number;
  /** What the console cannot read at present, as sentences. */
  readonly troubles: readonly string[];
}

/** What is new since the last message: points replace their second, rows are added, the rest replaces. */
export interface ConsoleChange {
  readonly now: number;
  readonly points?: readonly TrafficPoint[];
  readonly trail?: readonly TrailRow[];
  readonly findings?: readonly FindingRow[];
  readonly caps?: readonly CapRow[];
  readonly facts?: StackFacts;
  readonly unreadable?: number;
  readonly troubles?: readonly string[];
}
