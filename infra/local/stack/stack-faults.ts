/** Does to a running stack what happens to real ones, on an operator's order, and remembers what was done. */
import type { LimitsTables } from '@trailgate/sdk/limits/table';
import type { FaultName } from '../console/answers.ts';
import { OrderError } from '../console/order-error.ts';
import type { FaultState } from '../console/view.ts';
import type { InstanceFacts } from './function-fleet.ts';
import { busiestOf, killBusiest } from './kill-busiest.ts';
import { FUNCTIONS } from './names.ts';

export interface StackFaultPorts {
  readonly instances: () => readonly InstanceFacts[];
  /** From now on requests for these tables, and for no others, fail. */
  readonly refuseTables: (tables: readonly string[]) => Promise<void>;
  readonly tables: LimitsTables;
  /** Epoch ms. */
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly trouble: (line: string) => void;
  /** Milliseconds that the tables are down when nobody brings them up before; 30,000 when left out. */
  readonly downMs?: number;
}

const DOWN_MS = 30_000;
/** How long a busy instance is waited for: one that does nothing has nothing to lose, and one may just be starting. */
const BUSY_MS = 2_000;
const LOOK_MS = 3;
const MAX_HAPPENED = 20;

/** What each kill is aimed at, and what it is done in the middle of. */
const VICTIMS = {
  'kill-collector': { functionName: FUNCTIONS.collector, work: ['a batch', 'two batches'] },
  'kill-detector': { functionName: FUNCTIONS.detector, work: ['a batch', 'two batches'] },
  'kill-instance': { functionName: FUNCTIONS.orders, work: ['a request', 'two requests'] },
} as const;

export class StackFaults {
  readonly #ports: StackFaultPorts;
  #happened: FaultState['happened'] = [];
  #upAt: number | null = null;
  #up: NodeJS.Timeout | undefined;

  constructor(ports: StackFaultPorts) {
    this.#ports = ports;
  }

  /** Resolves with what was done. Throws {@link OrderError} when there is nothing to do it to. */
  async apply(fault: FaultName): Promise<string> {
    switch (fault) {
      case 'table-down':
        return this.#takeDown();
      case 'table-up':
        return this.#bringUp('brought the limits table up again');
      default:
        return this.#kill(fault);
    }
  }

  state(): FaultState {
    return { tableDown: this.#upAt !== null, tableUpAt: this.#upAt, happened: this.#happened };
  }

  /** Remembers what happened without an order. */
  note(what: string): string {
    this.#happened = [{ at: this.#ports.clock(), what }, ...this.#happened].slice(0, MAX_HAPPENED);
    return what;
  }

  close(): void {
    clearTimeout(this.#up);
  }

  async #kill(fault: keyof typeof VICTIMS): Promise<string> {
    const { functionName, work } = VICTIMS[fault];
    await this.#untilBusy(functionName);
    const victim = killBusiest(this.#ports.instances(), functionName);
    if (victim === undefined) {
      throw new OrderError('NOTHING_TO_KILL', `no instance of ${functionName} is running at present`);
    }
    const [middle, between] = work;
    const when = victim.state === 'running' ? `in the middle of ${middle}` : `between ${between}`;
    return this.note(`killed ${functionName}, process ${victim.pid}, ${when}`);
  }

  async #untilBusy(functionName: string): Promise<void> {
    const { instances, sleep } = this.#ports;
    for (let waited = 0; waited < BUSY_MS; waited += LOOK_MS) {
      if (busiestOf(instances(), functionName)?.state === 'running') return;
      await sleep(LOOK_MS);
    }
  }

  async #takeDown(): Promise<string> {
    const { clock, tables, refuseTables, trouble, downMs = DOWN_MS } = this.#ports;
    if (this.#upAt !== null) throw new OrderError('TABLE_IS_DOWN', 'the limits table is down already');
    this.#upAt = clock() + downMs;
    try {
      await refuseTables([tables.limits, tables.buckets]);
    } catch (error) {
      this.#upAt = null;
      throw error;
    }
    this.#up = setTimeout(() => {
      this.#bringUp('the limits table has come up again').catch((error: unknown) => trouble(String(error)));
    }, downMs);
    return this.note(`took the limits table down for ${downMs / 1_000} s`);
  }

  async #bringUp(what: string): Promise<string> {
    if (this.#upAt === null) throw new OrderError('TABLE_IS_UP', 'the limits table is not down');
    clearTimeout(this.#up);
    await this.#ports.refuseTables([]);
    this.#upAt = null;
    return this.note(what);
  }
}
