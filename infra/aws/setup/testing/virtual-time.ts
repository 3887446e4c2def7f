/** Time that passes only while everyone sleeps. */
import { setImmediate } from 'node:timers/promises';

export class VirtualTime {
  now = 0;
  #sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  readonly clock = (): number => this.now;

  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const sleeper = { at: this.now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        resolve();
      });
    });

  /** Until the work is done. */
  async during<T>(work: Promise<T>): Promise<T> {
    let running = true;
    const end = (): void => {
      running = false;
    };
    work.then(end, end);
    while (running) {
      await setImmediate();
      if (!running || this.#sleepers.length === 0) continue;
      this.#sleepers.sort((a, b) => a.at - b.at);
      const next = this.#sleepers.shift();
      this.now = Math.max(this.now, next?.at ?? 0);
      next?.wake();
    }
    return await work;
  }
}
