/** Counts the records that functions write, at the source: the number that the index is held against. */
import { RECORD_KINDS, type RecordKind, readHead } from '@trailgate/sdk/wire';

export class RecordCount {
  readonly #byKind: Record<RecordKind, number> = { log: 0, request: 0, rollup: 0, trail: 0 };
  readonly #instances = new Set<string>();

  /** Takes one line of a function's output. */
  line(text: string): void {
    const reading = readHead(text);
    if (reading.is !== 'record') return;
    this.#byKind[reading.head.kind] += 1;
    this.#instances.add(reading.head.instance);
  }

  /** Whether an instance with this id has written a record: an index may hold those of earlier stacks and of others. */
  hasWritten(instance: string): boolean {
    return this.#instances.has(instance);
  }

  byKind(): Readonly<Record<RecordKind, number>> {
    return Object.fromEntries(RECORD_KINDS.map((kind) => [kind, this.#byKind[kind]])) as Record<
      RecordKind,
      number
    >;
  }
}
