/** Counts where every line of a replay went, by kind and destination, from what index and quarantine really took. */
import type {
  BatchSummary,
  BulkDocuments,
  IndexPort,
  QuarantineEntry,
  QuarantinePort,
} from '@trailgate/collectors';

export interface Tally {
  lines: number;
  platform: number;
  control: number;
  repeated: number;
  undelivered: number;
  /** By index, then by kind. */
  readonly indexed: Map<string, Map<string, number>>;
  readonly quarantined: Map<string, { count: number; first: string }>;
}

export function emptyTally(): Tally {
  return {
    lines: 0,
    platform: 0,
    control: 0,
    repeated: 0,
    undelivered: 0,
    indexed: new Map(),
    quarantined: new Map(),
  };
}

export function addSummary(tally: Tally, summary: BatchSummary): void {
  // A record of which no line could be read is one thing that went to quarantine.
  tally.lines += summary.lines + summary.unreadable;
  tally.platform += summary.platform;
  tally.control += summary.controlMessages;
  tally.repeated += summary.repeated;
  tally.undelivered += summary.undelivered;
}

export function countingIndex(index: IndexPort, { indexed }: Tally): IndexPort {
  return {
    bulk: async (documents) => {
      const outcomes = await index.bulk(documents);
      for (const [position, { status }] of outcomes.entries()) {
        if (status !== 'created' && status !== 'exists') continue;
        const name = documents.index(position);
        const kinds = indexed.get(name) ?? new Map<string, number>();
        indexed.set(name, kinds);
        const kind = kindOf(documents, position);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      return outcomes;
    },
  };
}

/** What the document says it is: the record's kind of the SDK's, the data set of any other. */
function kindOf(documents: BulkDocuments, position: number): string {
  const { trailgate, event } = JSON.parse(Buffer.from(documents.source(position)).toString('utf8')) as {
    readonly trailgate?: { readonly kind?: unknown };
    readonly event?: { readonly dataset?: unknown };
  };
  return trailgate === undefined ? String(event?.dataset) : `sdk ${String(trailgate.kind)}`;
}

export function countingQuarantine(quarantine: QuarantinePort, { quarantined }: Tally): QuarantinePort {
  return {
    put: async (entries: readonly QuarantineEntry[]) => {
      await quarantine.put(entries);
      for (const { reason, origin } of entries) {
        const first = `${origin.logStream}, event ${origin.eventId}`;
        const row = quarantined.get(reason) ?? { count: 0, first };
        quarantined.set(reason, { ...row, count: row.count + 1 });
      }
    },
  };
}

/** Equal to `lines` where each line is in exactly one place. */
export function accounted({ indexed, quarantined, platform }: Tally): number {
  let sum = platform;
  for (const kinds of indexed.values()) for (const count of kinds.values()) sum += count;
  for (const { count } of quarantined.values()) sum += count;
  return sum;
}

/** Where the documents are kept, if they are. */
export interface KeptAt {
  readonly index: string;
  readonly quarantine: string;
}

export function describeTally(tally: Tally, kept: KeptAt | undefined): string {
  const row = (count: number, what: string): string => `${String(count).padStart(9)}  ${what}`;
  const repeated = tally.repeated === 0 ? '' : ` (${tally.repeated} were there before)`;
  return [
    row(tally.lines, 'lines read'),
    ...sorted(tally.indexed).flatMap(([name, kinds]) =>
      sorted(kinds).map(([kind, count]) => row(count, `indexed in ${name} as ${kind}`)),
    ),
    ...(tally.platform === 0 ? [] : [row(tally.platform, 'platform lines counted')]),
    ...[...tally.quarantined].map(([reason, { count, first }]) =>
      row(count, `quarantined: ${reason} (first: ${first})`),
    ),
    ...(tally.control === 0 ? [] : [row(tally.control, 'control messages skipped')]),
    ...(tally.undelivered === 0 ? [] : [row(tally.undelivered, 'NOT delivered')]),
    `${tally.lines === accounted(tally) ? 'every line is accounted for' : 'lines are MISSING'}${repeated}`,
    ...(kept === undefined
      ? ['nothing was kept; --index FILE.sqlite keeps the documents']
      : [`documents are in ${kept.index}, quarantined records in ${kept.quarantine}`]),
  ].join('\n');
}

function sorted<Value>(map: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
