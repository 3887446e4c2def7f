/** Virtual time: decides which waiting thing happens next, one at a time, with nothing left running in between. */
import { setImmediate as settled } from 'node:timers/promises';
import type { FunctionProcess } from './function-process.ts';
import type { Seeded } from './seeded.ts';

interface Waiting {
  readonly at: number;
  /** Decides among things of one moment. */
  readonly order: number;
  readonly what: string;
  /** Whose step it is; a step of a dead process does not happen. */
  readonly process: FunctionProcess | undefined;
  readonly happen: () => void;
}

export class Timeline {
  readonly #chance: Seeded;
  readonly #trace: string[] | undefined;
  #waiting: Waiting[] = [];
  #now: number;
  #steps = 0;
  /** Told of each step of a process just before it; may kill the process. */
  beforeStep: (process: FunctionProcess) => void = () => undefined;

  /** `start` in epoch milliseconds; steps are told to `trace` if there is one. */
  constructor(start: number, chance: Seeded, trace?: string[]) {
    this.#now = start;
    this.#chance = chance;
    this.#trace = trace;
  }

  get now(): number {
    return this.#now;
  }

  get steps(): number {
    return this.#steps;
  }

  /** Milliseconds that a message is under way: mostly short, now and then long, so that all orders come about. */
  latency(): number {
    const draw = this.#chance.next();
    return draw < 0.8 ? 1 + draw * 10 : 10 + (draw - 0.8) * 400;
  }

  after(ms: number, what: string, happen: () => void, process?: FunctionProcess): void {
    const at = this.#now + Math.max(0, ms);
    this.#waiting.push({ at, order: this.#chance.next(), what, process, happen });
  }

  /** Resolves after so much virtual time; never, if the process dies before. */
  sleep(ms: number, what: string, process?: FunctionProcess): Promise<void> {
    return new Promise((resolve) => this.after(ms, what, resolve, process));
  }

  note(what: string): void {
    this.#trace?.push(`${((this.#now % 86_400_000) / 1_000).toFixed(3)} ${what}`);
  }

  /** Lets things happen until none waits or time is up. Whether none is left before then. */
  async run(until: number = Number.POSITIVE_INFINITY): Promise<boolean> {
    // What was begun outside comes first to its first wait.
    await settled();
    for (;;) {
      const next = this.#takeNext(until);
      if (next === undefined) {
        if (Number.isFinite(until)) this.#now = Math.max(this.#now, until);
        return this.#waiting.length === 0;
      }
      this.#now = Math.max(this.#now, next.at);
      const { process } = next;
      if (process !== undefined) {
        if (process.dead) continue;
        this.beforeStep(process);
        if (process.dead) continue;
      }
      this.#steps++;
      if (this.#trace !== undefined && next.what !== '') {
        this.note(process === undefined ? next.what : `${process.name}: ${next.what}`);
      }
      next.happen();
      // All that follows at once, down to the next wait of every process.
      await settled();
    }
  }

  #takeNext(until: number): Waiting | undefined {
    let best = -1;
    for (let place = 0; place < this.#waiting.length; place++) {
      const candidate = this.#waiting[place];
      const leader = this.#waiting[best];
      if (candidate === undefined || candidate.at > until) continue;
      const earlier =
        leader === undefined ||
        candidate.at < leader.at ||
        (candidate.at === leader.at && candidate.order < leader.order);
      if (earlier) best = place;
    }
    const next = this.#waiting[best];
    if (next === undefined) return undefined;
    const last = this.#waiting.pop();
    if (last !== undefined && last !== next) this.#waiting[best] = last;
    return next;
  }
}
