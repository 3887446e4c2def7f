/** Checks trails for whoever keeps them: says what was changed, removed, reordered or forged since it was written. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { readInput, type TrailInput } from './trail-chain-input.ts';
import { InstanceTrail } from './trail-chain-instance.ts';
import { FindingList, type TrailReport } from './trail-chain-report.ts';

export interface VerifyOptions {
  /** The bytes of a key by its id; undefined for one that is not known. Left out where there are no keys. */
  readonly keys?: (id: string) => Uint8Array | undefined;
  /**
   * Whether lines come in the order in which each instance wrote them, so that exchanged ones are a fault. Documents
   * have no order. @default true
   */
  readonly ordered?: boolean;
}

/** @returns what was found; the input is read once and not kept */
export function verifyTrail(inputs: Iterable<TrailInput>, options: VerifyOptions = {}): TrailReport {
  const verifier = new TrailVerifier(options);
  for (const input of inputs) verifier.take(input);
  return verifier.report();
}

/** The same for input that comes piece by piece. Memory grows with the instances and is bounded for each of them. */
export class TrailVerifier {
  readonly #keys: VerifyOptions['keys'];
  readonly #ordered: boolean;
  readonly #secrets = new Map<string, KeyObject | undefined>();
  readonly #instances = new Map<string, InstanceTrail>();
  readonly #unreadable = new FindingList();
  #read = 0;

  constructor({ keys, ordered = true }: VerifyOptions = {}) {
    this.#keys = keys;
    this.#ordered = ordered;
  }

  /** One line, without its line break, or one document. Never throws. */
  take(input: TrailInput): void {
    const at = ++this.#read;
    const reading = readInput(input);
    switch (reading.is) {
      case 'other':
        // A business line takes a sequence number, which only matters where the instance has a trail.
        if (reading.head !== undefined) this.#instance(reading.head.instance).takeOther(reading.head.seq, at);
        return;
      case 'unreadable':
        this.#unreadable.add({ problem: 'unreadable', at, detail: reading.reason });
        return;
      case 'rollup':
        this.#instance(reading.head.instance).takeRollup(reading, at);
        return;
      case 'trail':
        this.#instance(reading.head.instance).takeTrail(
          reading,
          at,
          this.#ordered && typeof input === 'string',
        );
    }
  }

  /** Call it once, when all has been taken. */
  report(): TrailReport {
    const all = [...this.#instances.values()].map((instance) => instance.report());
    const instances = all.filter(({ records, findings }) => records > 0 || findings.length > 0);
    const { listed, more } = this.#unreadable;
    return {
      ok: listed.length === 0 && instances.every(({ ok }) => ok),
      read: this.#read,
      records: instances.reduce((sum, { records }) => sum + records, 0),
      instances,
      unreadable: listed,
      unreadableMore: more,
    };
  }

  #instance(id: string): InstanceTrail {
    const known = this.#instances.get(id);
    if (known !== undefined) return known;
    const rules = { keyOf: (key: string) => this.#secret(key), keyed: this.#keys !== undefined };
    const instance = new InstanceTrail(id, rules);
    this.#instances.set(id, instance);
    return instance;
  }

  #secret(id: string): KeyObject | undefined {
    if (this.#keys === undefined) return undefined;
    if (this.#secrets.has(id)) return this.#secrets.get(id);
    const bytes = this.#keys(id);
    const secret = bytes === undefined ? undefined : createSecretKey(bytes);
    if (this.#secrets.size < MAX_KEYS) this.#secrets.set(id, secret);
    return secret;
  }
}

/** Key ids come from the input. */
const MAX_KEYS = 1000;
