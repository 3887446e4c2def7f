/** Answers, in the course of a run, whether a fault strikes now, and counts those that did. */

import type { Seeded } from '../schedule/seeded.ts';
import type { CallFaultName, Fault, FunctionName, Service } from './fault.ts';
import { callLabel, faultLabel } from './fault.ts';
import type { Plan } from './plan.ts';

export class ActiveFaults {
  /** How often each kind of fault struck. */
  readonly happened: Map<string, number> = new Map();
  readonly #plan: Plan;
  readonly #chance: Seeded;
  readonly #now: () => number;
  readonly #calls = new Map<Service, number>();
  readonly #steps = new Map<FunctionName, number>();
  readonly #invocations = new Map<FunctionName, number>();

  constructor(plan: Plan, chance: Seeded, now: () => number) {
    this.#plan = plan;
    this.#chance = chance;
    this.#now = now;
  }

  /** Whether the world is still sick. */
  get active(): boolean {
    return this.#now() < this.#plan.start + this.#plan.healMs;
  }

  /** The fault that strikes this call of the service, if any; every call must be told. */
  ofCall(service: Service): CallFaultName | undefined {
    const call = count(this.#calls, service);
    if (!this.active) return undefined;
    for (const fault of this.#plan.faults) {
      if (fault.is !== 'call' || fault.service !== service) continue;
      const { strikes } = fault;
      const strikesNow =
        'call' in strikes
          ? strikes.call === call
          : this.#within(strikes.fromMs, strikes.toMs) && this.#chance.chance(strikes.share);
      if (!strikesNow) continue;
      this.note(callLabel(service, fault.name));
      return fault.name;
    }
    return undefined;
  }

  isRed(channel: 'business' | 'trail'): boolean {
    if (!this.active) return false;
    const red = this.#plan.faults.find(
      (fault) =>
        fault.is === 'red index' && fault.channel === channel && this.#within(fault.fromMs, fault.toMs),
    );
    if (red !== undefined) this.note(faultLabel(red));
    return red !== undefined;
  }

  /** Whether the process dies before this step; every step must be told. */
  killsAt(of: FunctionName): boolean {
    const step = count(this.#steps, of);
    return this.#strikes((fault) => fault.is === 'kill' && fault.of === of && fault.step === step);
  }

  /** Whether this invocation, which succeeded, is made again; every one must be told. */
  repeats(of: FunctionName): boolean {
    const invocation = count(this.#invocations, of);
    return this.#strikes(
      (fault) => fault.is === 'batch repeated' && fault.of === of && fault.invocation === invocation,
    );
  }

  /** What a function's clock says now. */
  clock(of: FunctionName): number {
    let now = this.#now();
    if (!this.active) return now;
    for (const fault of this.#plan.faults) {
      if (fault.is !== 'clock jump' || fault.of !== of || this.#sinceStart() < fault.atMs) continue;
      this.note(faultLabel(fault));
      now += fault.byMs;
    }
    return now;
  }

  note(label: string): void {
    this.happened.set(label, (this.happened.get(label) ?? 0) + 1);
  }

  #strikes(matches: (fault: Fault) => boolean): boolean {
    if (!this.active) return false;
    const fault = this.#plan.faults.find(matches);
    if (fault !== undefined) this.note(faultLabel(fault));
    return fault !== undefined;
  }

  #within(fromMs: number, toMs: number): boolean {
    return this.#sinceStart() >= fromMs && this.#sinceStart() < toMs;
  }

  #sinceStart(): number {
    return this.#now() - this.#plan.start;
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): number {
  const next = (counts.get(key) ?? 0) + 1;
  counts.set(key, next);
  return next;
}
