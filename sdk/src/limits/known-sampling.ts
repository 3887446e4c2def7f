/** The last good sampling configuration that an instance has read. */
import type { SamplingConf } from './sampling-item.ts';

export class KnownSampling {
  #conf: SamplingConf | undefined;
  #changed = Number.NEGATIVE_INFINITY;

  get conf(): SamplingConf | undefined {
    return this.#conf;
  }

  /** Takes a configuration unless a newer one is known. The same one again keeps its identity, which readers compare. */
  take(conf: SamplingConf, changed: number): void {
    const known = this.#conf;
    if (
      known !== undefined &&
      (conf.ver < known.ver || (conf.ver === known.ver && changed <= this.#changed))
    ) {
      return;
    }
    this.#conf = conf;
    this.#changed = changed;
  }

  /** Forgets what a reading of everything did not find, unless it changed after `since` (epoch ms) and may not be in the index yet. */
  forgetUnless(found: boolean, since: number): void {
    if (!found && this.#changed <= since) this.#conf = undefined;
  }
}
