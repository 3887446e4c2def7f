/** Issues an id to each line at its source and writes down what is owed for it; the judge collects. */

/** Where a line has to end. `kept` is any one of the indices or quarantine: for hostile lines, whose kind nobody promises. */
export type Place = 'business' | 'trail' | 'platform' | 'quarantine' | 'kept';

/** What the detectors have to know of a line, in the end and in sum. */
export type Evidence =
  | { readonly is: 'trail'; readonly key: string; readonly count: number }
  | { readonly is: 'report' };

export interface IssuedLine {
  readonly id: number;
  readonly place: Place;
  readonly evidence?: Evidence;
}

/** The mark in a line by which its documents and quarantine entries are found again. */
export function markOf(id: number): string {
  return `oracle:${id};`;
}

const MARK = /oracle:(\d+);/g;

/** All ids that a text bears. */
export function marksIn(text: string): ReadonlySet<number> {
  return new Set([...text.matchAll(MARK)].map(([, id]) => Number(id)));
}

/** Kinds of line that a source writes, each of which has to occur. */
export const LINE_KINDS = [
  'log',
  'request',
  'trail',
  'attack',
  'rollup',
  'of the sdk itself',
  'poison for the mapping',
  'broken record',
  'record too long',
  'newer contract',
  'forged channel',
  'report',
  'start',
  'text',
  'json',
  'hostile',
  'edge',
  'bomb',
  'oversize',
  'event without time',
  'wrong clock',
] as const;
export type LineKind = (typeof LINE_KINDS)[number];

export class Oracle {
  readonly lines: Map<number, IssuedLine> = new Map();
  /** How many of each kind were issued. */
  readonly kinds: Map<LineKind, number> = new Map();

  /** A line as its source writes it, with the id that it bears. */
  issue(
    kind: LineKind,
    place: Place,
    write: (mark: string, id: number) => string,
    evidence?: Evidence,
  ): Issue {
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
    const id = this.lines.size + 1;
    this.lines.set(id, { id, place, ...(evidence === undefined ? {} : { evidence }) });
    return { id, message: write(markOf(id), id) };
  }
}

export interface Issue {
  readonly id: number;
  readonly message: string;
  /** Its log event comes without a time. */
  readonly timeless?: true;
}
