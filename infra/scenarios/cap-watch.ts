/** Watches the limits table while a scenario runs, and remembers every cap that was written. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoPort } from '@trailgate/sdk/limits';
import { activeCaps } from '@trailgate/sdk/limits/table';
import type { WrittenCap } from './scenario-facts.ts';

const POLL_MS = 250;

export class CapWatch {
  readonly #dynamo: DynamoPort;
  readonly #table: string;
  readonly #seen = new Map<string, WrittenCap>();

  constructor(dynamo: DynamoPort, table: string) {
    this.#dynamo = dynamo;
    this.#table = table;
  }

  /** Looks once, at the caps that have not ended. */
  async poll(): Promise<void> {
    for (const caps of await activeCaps(this.#dynamo, this.#table, Date.now())) {
      for (const [rule, cap] of Object.entries(caps.detectors)) {
        const key = `${caps.tenant}/${caps.client}/${rule}/${cap.seq}`;
        if (cap.mode !== 'enforce' || this.#seen.has(key)) continue;
        const { rate, burst, strike, end } = cap;
        const written = caps.changed;
        this.#seen.set(key, {
          principal: caps.client,
          rule,
          class: cap.cls,
          rate,
          burst,
          strike,
          written,
          end,
        });
      }
    }
  }

  /** The first enforced cap on this client; undefined when none came in time. */
  async waitFor(principal: string, timeoutMs: number): Promise<WrittenCap | undefined> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      await this.poll();
      const cap = this.seen().find((seen) => seen.principal === principal);
      if (cap !== undefined) return cap;
      await sleep(POLL_MS);
    }
    return undefined;
  }

  /** All caps so far, in the order in which they were seen. */
  seen(): readonly WrittenCap[] {
    return [...this.#seen.values()];
  }
}
