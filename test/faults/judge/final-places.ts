/** Judges where every line ended: each exactly once, where it is owed, with what one undisturbed delivery writes. */
import { isDeepStrictEqual } from 'node:util';
import type { QuarantineEntry } from '@trailgate/collectors';
import { type IssuedLine, marksIn } from '../world/oracle.ts';
import type { Expected } from './reference.ts';
import type { Violation } from './violation.ts';

export interface Ended {
  /** Source by `<index>/<id>`, findings left out. */
  readonly documents: ReadonlyMap<string, string>;
  readonly quarantine: ReadonlyMap<string, QuarantineEntry>;
}

export interface Owed {
  readonly lines: ReadonlyMap<number, IssuedLine>;
  /** Lines that reached the stream in a record that can be read. */
  readonly delivered: ReadonlySet<number>;
  /** What each record of the stream gives. */
  readonly expected: readonly Expected[];
  /** Poison was taken in the end, because the mapping was mended. */
  readonly mended: boolean;
}

export function judgePlaces({ documents, quarantine }: Ended, owed: Owed): readonly Violation[] {
  const violations: Violation[] = [];
  const places = new Map<number, string[]>();
  const note = (id: number, place: string): void => {
    const known = places.get(id);
    if (known === undefined) places.set(id, [place]);
    else known.push(place);
  };

  const expectedDocuments = new Map(owed.expected.flatMap((each) => [...each.documents]));
  const expectedEntries = Map.groupBy(
    owed.expected.flatMap((each) => [...each.quarantine.values()]),
    ({ id }) => id,
  );
  const poison = mendedPoison(owed);
  for (const [path, source] of documents) {
    const marks = marksIn(source);
    if (marks.size !== 1) violations.push({ promise: 'invented', what: `${path} bears ${marks.size} ids` });
    for (const id of marks) note(id, path);
    const expected = expectedDocuments.get(path);
    const isPoison = [...marks].every((id) => poison.has(id));
    if (expected === undefined && !isPoison) violations.push({ promise: 'invented', what: path });
    else if (expected !== undefined && !sameJson(source, expected)) {
      violations.push({ promise: 'altered', what: `${path}: expected ${expected}, got ${source}` });
    }
  }
  for (const [id, entry] of quarantine) {
    const expected = expectedEntries.get(id);
    if (expected === undefined) {
      violations.push({ promise: 'invented', what: `quarantine entry ${id}: ${entry.reason}` });
      continue;
    }
    violations.push(...entryFaults(entry, expected));
    if (!id.startsWith('record-')) for (const mark of marksOf(entry)) note(mark, `quarantine ${id}`);
  }
  for (const id of expectedEntries.keys()) {
    const isRecord = id.startsWith('record-');
    if (isRecord && !quarantine.has(id))
      violations.push({ promise: 'lost', what: `unreadable record ${id}` });
  }
  for (const line of owed.lines.values())
    violations.push(...lineFaults(line, places.get(line.id) ?? [], owed));
  return violations;
}

function lineFaults(line: IssuedLine, places: readonly string[], owed: Owed): readonly Violation[] {
  const what = `line ${line.id} (${line.place}): ${places.join(', ') || 'nowhere'}`;
  if (!owed.delivered.has(line.id) || line.place === 'platform') {
    return places.length === 0 ? [] : [{ promise: 'invented', what }];
  }
  if (places.length === 0) return [{ promise: 'lost', what }];
  if (places.length > 1) return [{ promise: 'duplicated', what }];
  return isOwedPlace(line, places[0] ?? '', owed.mended) ? [] : [{ promise: 'misplaced', what }];
}

function isOwedPlace({ place }: IssuedLine, found: string, mended: boolean): boolean {
  switch (place) {
    case 'kept':
      return true;
    case 'quarantine':
      return found.startsWith('quarantine ') || mended;
    default:
      return found.startsWith(`${place}-`);
  }
}

/** Reason, origin and bytes must be those of one of the records that brought it. */
function entryFaults(entry: QuarantineEntry, expected: readonly QuarantineEntry[]): readonly Violation[] {
  if (expected.some((each) => isSameEntry(entry, each))) return [];
  return [{ promise: 'quarantine', what: `${entry.id}: ${entry.reason} ${JSON.stringify(entry.origin)}` }];
}

function isSameEntry(entry: QuarantineEntry, expected: QuarantineEntry): boolean {
  const { kinesis: _place, arrival: _arrival, ...origin } = entry.origin;
  const { kinesis: _otherPlace, arrival: _otherArrival, ...expectedOrigin } = expected.origin;
  return (
    entry.reason === expected.reason &&
    entry.raw === expected.raw &&
    isDeepStrictEqual(origin, expectedOrigin)
  );
}

function mendedPoison({ lines, mended }: Owed): ReadonlySet<number> {
  if (!mended) return new Set();
  return new Set([...lines.values()].filter(({ place }) => place === 'quarantine').map(({ id }) => id));
}

export function marksOf(entry: QuarantineEntry): ReadonlySet<number> {
  return marksIn(Buffer.from(entry.raw, 'base64').toString('latin1'));
}

function sameJson(a: string, b: string): boolean {
  return a === b || isDeepStrictEqual(JSON.parse(a), JSON.parse(b));
}
