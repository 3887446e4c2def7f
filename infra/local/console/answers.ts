/** What the console's API takes and answers, as plain data: the server makes it, the page draws it. Every text is legible and bounded. */
import type { CapRow, FindingRow } from './view.ts';

/** Fields that a search can hold to one value; the order in which the page offers them. */
export const FILTERS = [
  'action',
  'outcome',
  'tenant',
  'principal',
  'user',
  'source',
  'route',
  'service',
  'level',
  'kind',
  'correlation',
] as const;
export type Filter = (typeof FILTERS)[number];

export const CHANNELS = ['trail', 'business', 'all'] as const;
export type SearchedChannel = (typeof CHANNELS)[number];

/** Rows of one page of a search; the newest come first. */
export const SEARCH_PAGE = 50;

/**
 * `GET /api/search`, as a query string: `channel`, `text` (every word has to be there, the last one may be the beginning of a word),
 * a value by {@link Filter} name, `since` and `until` (epoch ms), `page` (what the answer before said as `next`).
 */
export interface SearchAnswer {
  readonly rows: readonly DocumentRow[];
  /** Documents that match; no more than the engine was asked to count. */
  readonly total: number;
  /** False: there are at least `total`. */
  readonly exact: boolean;
  /** For `page`; null when this was the last. */
  readonly next: string | null;
}

/** One document as a row. */
export interface DocumentRow {
  /** With `id` the address of the document. */
  readonly index: string;
  readonly id: string;
  /** Event time, epoch ms; null when the document has none that can be read. */
  readonly at: number | null;
  readonly channel: 'business' | 'trail';
  /** `log`, `request`, `rollup`, `trail`, `finding`, or empty for what no SDK wrote. */
  readonly kind: string;
  readonly level: string;
  readonly service: string;
  readonly message: string;
  readonly action: string;
  readonly outcome: string;
  readonly tenant: string;
  readonly principal: string;
  readonly user: string;
  readonly source: string;
  readonly route: string;
  readonly correlation: string;
  readonly trace: string;
  readonly span: string;
  /** HTTP status. */
  readonly status: number | null;
  readonly durationMs: number | null;
  /** Events that the row stands for. */
  readonly count: number;
}

/** `GET /api/document?index=…&id=…`. */
export interface DocumentAnswer {
  readonly row: DocumentRow;
  /** The whole document, indented JSON. */
  readonly json: string;
}

/** `GET /api/request?id=…`, a correlation id or a trace id: every line of every function that had a part in it, in time. */
export interface RequestAnswer {
  readonly id: string;
  readonly entries: readonly RequestEntry[];
  readonly services: readonly string[];
  /** Epoch ms of the first beginning and the last end; null when nothing was found. */
  readonly from: number | null;
  readonly until: number | null;
  /** There were more lines than are shown. */
  readonly cut: boolean;
}

export interface RequestEntry extends DocumentRow {
  /** Epoch ms at which what took `durationMs` began; equals `at` for a line that is a moment. */
  readonly from: number | null;
  /** What was decided here, as a sentence: why it was kept, that it was denied, limited, allowed; empty for most lines. */
  readonly decision: string;
}

/** `GET /api/finding?index=…&id=…`. */
export interface FindingAnswer {
  readonly finding: FindingRow;
  readonly rule: RuleRow | null;
  /** Events of the principal in the time of the evidence, newest first; at most {@link SEARCH_PAGE}. */
  readonly events: readonly DocumentRow[];
  readonly eventsTotal: number;
  /** The cap that it wrote, as it stands now; null when it has ended or there was none. */
  readonly cap: CapRow | null;
  /** The whole finding, indented JSON. */
  readonly json: string;
}

/** `GET /api/rules`: the rules in force. */
export interface RulesAnswer {
  readonly rules: readonly RuleRow[];
}

export interface RuleRow {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly level: string;
  readonly status: string;
  /** How much is too much, as a sentence. */
  readonly condition: string;
  /** ATT&CK technique ids. */
  readonly techniques: readonly string[];
  /** The cap that a hit writes, as a sentence; null when it caps nobody. */
  readonly cap: string | null;
  /** Its own hit and miss tests. */
  readonly tests: number;
}

/** `POST /api/play`: starts honest users and one attack, or ends what plays (`null`). */
export interface PlayOrder {
  readonly scenario: string | null;
}

/** What an operator may decide; `withdraw` takes an earlier decision back, so that the detectors' caps hold again. */
export const DECISIONS = ['allow', 'set', 'block', 'withdraw'] as const;
export type Decision = (typeof DECISIONS)[number];

/** `POST /api/cap`. */
export interface CapOrder {
  readonly tenant: string;
  readonly client: string;
  readonly decision: Decision;
  /** Requests a second; for `set` only. */
  readonly rate?: number;
  /** How long it holds, 1 to 1,440; for all but `withdraw`. */
  readonly minutes?: number;
  readonly why: string;
}

export const FAULTS = ['kill-collector', 'kill-detector', 'kill-instance', 'table-down', 'table-up'] as const;
export type FaultName = (typeof FAULTS)[number];

/** `POST /api/fault`. */
export interface FaultOrder {
  readonly fault: FaultName;
}

/** What every POST answers when it was done. */
export interface OrderAnswer {
  /** What was done, as a sentence. */
  readonly done: string;
}

/** What is answered, with a status of 400 or above, when it was not. */
export interface ErrorAnswer {
  readonly error: { readonly code: string; readonly message: string };
}
