/** Time that stands still until a test moves it on, with the timers that wait for it. */

interface Waiting {
  readonly at: number;
  readonly callBack: () => void;
}

export class FrozenTime {
  #now: number;
  readonly #timers = new Set<Waiting>();

  /** @param now epoch milliseconds */
  constructor(now: number) {
    this.#now = now;
  }

  /** Epoch milliseconds. */
  get now(): number {
    return this.#now;
  }

  /** Moves on by `ms`, and calls back in their order the timers that fall due on the way. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let due = this.#firstDue(end); due !== undefined; due = this.#firstDue(end)) {
      this.#timers.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.callBack();
    }
    this.#now = end;
  }

  /** Gives what cancels the timer. */
  timer(ms: number, callBack: () => void): () => void {
    const timer: Waiting = { at: this.#now + ms, callBack };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  #firstDue(end: number): Waiting | undefined {
    let first: Waiting | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= end && (first === undefined || timer.at < first.at)) first = timer;
    }
    return first;
  }
}
