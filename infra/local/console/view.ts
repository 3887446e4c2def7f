/** What the console page shows, as plain data: the server makes it, the page draws it. */

import type { OperatorCap } from '@trailgate/sdk/limits';
import type { RecordKind } from '@trailgate/sdk/wire';

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
  /** With `id` the address of the document. */
  readonly index: string;
  readonly id: string;
  /** Event time, epoch ms; null when the document has none that can be read. */
  readonly at: number | null;
  readonly action: string;
  readonly outcome: string;
  readonly principal: string;
  readonly user: string;
  readonly source: string;
  readonly route: string;
  readonly correlation: string;
  /** Events that the row stands for. */
  readonly count: number;
}

export interface FindingRow {
  readonly cursor: number;
  readonly index: string;
  readonly id: string;
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
  /** Whom an order about this cap is about, as the table has it: to be sent back, not to be shown. */
  readonly subject: { readonly tenant: string; readonly client: string };
  readonly tenant: string;
  readonly client: string;
  readonly cls: string;
  readonly rule: string;
  readonly state: CapState;
  /** What an operator decided; absent for a detector's cap. */
  readonly decision?: OperatorCap['kind'];
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

/** What clients of our own do at present. */
export interface PlayState {
  /** Scenarios that can be played: honest users alone (`calm`), or with one attack. */
  readonly scenarios: readonly string[];
  /** The one that plays; null when nobody calls. */
  readonly scenario: string | null;
  /** Epoch ms at which the attack begins and ends; null in calm weather. */
  readonly attackFrom: number | null;
  readonly attackUntil: number | null;
}

/** Records by kind, at the source and in the index: what is written and not yet indexed is on its way. */
export interface Delivery {
  readonly written: Readonly<Record<RecordKind, number>>;
  readonly indexed: Readonly<Record<RecordKind, number>>;
}

export interface FaultState {
  readonly tableDown: boolean;
  /** Epoch ms at which the table comes back by itself; null while it is there. */
  readonly tableUpAt: number | null;
  /** Newest first, the last twenty. */
  readonly happened: readonly { readonly at: number; readonly what: string }[];
}

/** A figure of the pipeline's own health. */
export interface HealthRow {
  /** Name of the metric as CloudWatch has it. */
  readonly metric: string;
  readonly label: string;
  /** The latest; null when nothing was measured within the window. */
  readonly value: number | null;
  readonly unit: 'ms' | 'bytes' | 'count';
  /** What it should be, as a sentence; empty when any value is right. */
  readonly expected: string;
  readonly ok: boolean;
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
  readonly play: PlayState;
  readonly delivery: Delivery;
  readonly faults: FaultState;
  readonly health: readonly HealthRow[];
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
  readonly play?: PlayState;
  readonly delivery?: Delivery;
  readonly faults?: FaultState;
  readonly health?: readonly HealthRow[];
  readonly unreadable?: number;
  readonly troubles?: readonly string[];
}
