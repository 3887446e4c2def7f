/** Plays scenarios on a running stack on request: honest users as long as nobody stops them, and one attack at a time. */
import { OrderError } from '../local/console/order-error.ts';
import type { PlayState } from '../local/console/view.ts';
import type { Cast } from './cast.ts';
import { type Clients, clientPlan, startClients } from './client-process.ts';
import { SCENARIOS, type ScenarioName } from './outcome.ts';

export interface PlayerOptions {
  readonly apiUrl: string;
  readonly cast: Cast;
  /** Epoch ms. */
  readonly clock: () => number;
  /** Told what begins and ends, a line each. */
  readonly say: (line: string) => void;
  /** A client process; one of the scenarios' own when left out. */
  readonly start?: () => PlayedClients;
  /** Milliseconds that an attack goes on; 30,000 when left out. */
  readonly attackMs?: number;
}

export type PlayedClients = Pick<Clients, 'tell' | 'end' | 'ended'>;

const ATTACK_MS = 30_000;
const SEED = 1;

interface Attack {
  readonly scenario: ScenarioName;
  readonly from: number;
  readonly until: number;
  readonly timers: readonly NodeJS.Timeout[];
}

export class Player {
  readonly #options: PlayerOptions;
  #clients: PlayedClients | undefined;
  #attack: Attack | undefined;
  #tellLoss: (what: string) => void = () => undefined;

  constructor(options: PlayerOptions) {
    this.#options = options;
  }

  /**
   * Has honest users shop, unless they do so already, and, unless the scenario is `calm`, an attack begin `leadMs` from now, which ends
   * by itself. An attack that goes on is ended first. Returns what was done. Throws {@link OrderError} for an unknown scenario.
   */
  play(name: string, leadMs: number): string {
    const scenario = SCENARIOS.find((one) => one === name);
    if (scenario === undefined) {
      throw new OrderError(
        'UNKNOWN_SCENARIO',
        `scenario: expected ${SCENARIOS.join(', ')}, got ${JSON.stringify(name.slice(0, 80))}`,
      );
    }
    const ended = this.#endAttack();
    const clients = this.#clients ?? this.#startHonest();
    const users = `${this.#options.cast.honest.length} honest users are shopping`;
    if (scenario === 'calm') return ended === undefined ? users : `${users}; ${ended}`;
    this.#plan(clients, scenario, leadMs);
    const begins = `the ${scenario} attack begins in ${leadMs / 1_000} s`;
    return ended === undefined ? `${users}; ${begins}` : `${ended}; ${begins}`;
  }

  /** Ends all clients. Returns what was done. */
  stop(): string {
    const clients = this.#clients;
    if (clients === undefined) return 'nobody calls';
    this.#endAttack();
    this.#clients = undefined;
    clients.end();
    return 'the clients have stopped';
  }

  /** `told` hears of clients that end though nobody has stopped them. */
  onLoss(told: (what: string) => void): void {
    this.#tellLoss = told;
  }

  state(): PlayState {
    return {
      scenarios: SCENARIOS,
      scenario: this.#attack?.scenario ?? (this.#clients === undefined ? null : 'calm'),
      attackFrom: this.#attack?.from ?? null,
      attackUntil: this.#attack?.until ?? null,
    };
  }

  #startHonest(): PlayedClients {
    const { apiUrl, cast, say, start = () => startClients(false) } = this.#options;
    const clients = start();
    this.#clients = clients;
    void clients.ended.then((how) => {
      // Of those that were stopped nobody needs to hear.
      if (this.#clients !== clients) return;
      this.#clients = undefined;
      this.#forgetAttack();
      const what = `the clients’ process ended on its own (${how}); nobody calls any more`;
      say(what);
      this.#tellLoss(what);
    });
    clients.tell({ type: 'start', plan: clientPlan(apiUrl, 'calm', SEED, cast) });
    say(`${cast.honest.length} honest users are shopping`);
    return clients;
  }

  #plan(clients: PlayedClients, scenario: ScenarioName, leadMs: number): void {
    const { clock, say, attackMs = ATTACK_MS } = this.#options;
    const from = clock() + leadMs;
    const begin = setTimeout(() => {
      clients.tell({ type: 'attack', scenario });
      say(`the ${scenario} attack begins`);
    }, leadMs);
    const end = setTimeout(() => this.#endAttack(), leadMs + attackMs);
    this.#attack = { scenario, from, until: from + attackMs, timers: [begin, end] };
  }

  /** What was ended, if anything was. */
  #endAttack(): string | undefined {
    const attack = this.#forgetAttack();
    if (attack === undefined) return undefined;
    this.#clients?.tell({ type: 'stop-attack' });
    const hasBegun = this.#options.clock() >= attack.from;
    const ended = `the ${attack.scenario} attack ${hasBegun ? 'has stopped' : 'will not begin'}`;
    this.#options.say(ended);
    return ended;
  }

  #forgetAttack(): Attack | undefined {
    const attack = this.#attack;
    for (const timer of attack?.timers ?? []) clearTimeout(timer);
    this.#attack = undefined;
    return attack;
  }
}
