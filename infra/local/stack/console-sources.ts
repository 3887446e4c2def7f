/** Starts the console page for a running local stack: what it shows of the stack, and what it may order. */
import { setTimeout as sleep } from 'node:timers/promises';
import { activeCaps } from '@trailgate/sdk/limits/table';
import { OrderError } from '../console/order-error.ts';
import { type Console, startConsole } from '../console/server.ts';
import type { ConsoleSources } from '../console/sources.ts';
import type { PlayState } from '../console/view.ts';
import { type PortChoice, withPort } from '../loopback/port-choice.ts';
import { healthRows } from './health-rows.ts';
import type { LocalStack } from './local-stack.ts';
import { CAP_TIME_SCALE, FUNCTIONS } from './names.ts';
import { decideCap } from './operator-caps.ts';
import { StackFaults } from './stack-faults.ts';

/** Who plays scenarios when the page asks for it. */
export interface ConsolePlayer {
  /** Returns what was done; throws `OrderError`. */
  play(scenario: string, leadMs: number): string;
  stop(): string;
  state(): PlayState;
  /** Told when clients end that nobody has stopped. */
  onLoss(told: (what: string) => void): void;
}

export interface ConsoleSettings {
  /** Without one nothing can be played from the page. */
  readonly player?: ConsolePlayer;
  /** Told of what goes wrong behind an order that was carried out. */
  readonly trouble?: (line: string) => void;
}

/** An attack that was ordered on the page is waited for there. */
const LEAD_MS = 2_000;
/** Milliseconds that health figures stay as they are: they are sums over minutes. */
const HEALTH_MS = 2_000;

const NOBODY: PlayState = { scenarios: [], scenario: null, attackFrom: null, attackUntil: null };

export async function startConsoleFor(
  stack: LocalStack,
  port: PortChoice,
  settings: ConsoleSettings = {},
): Promise<Console> {
  const { player, trouble = console.error } = settings;
  const faults = new StackFaults({
    instances: () => stack.instances(),
    refuseTables: (tables) => stack.refuseTables(tables),
    tables: stack.tables,
    clock: Date.now,
    sleep,
    trouble,
  });
  player?.onLoss((what) => faults.note(what));
  const sources = sourcesOf(stack, faults, player);
  const page = await withPort(port, (exactly) => startConsole({ port: exactly, clock: Date.now, sources }));
  return {
    ...page,
    stop: async () => {
      faults.close();
      await page.stop();
    },
  };
}

function sourcesOf(
  stack: LocalStack,
  faults: StackFaults,
  player: ConsolePlayer | undefined,
): ConsoleSources {
  const { dynamo, tables, base, rules } = stack;
  return {
    documentsAfter: (cursor, limit) => stack.index.after(cursor, limit),
    index: stack.index.searchable(),
    activeCaps: (now) => activeCaps(dynamo, tables.limits, now),
    base,
    authorizers: new Set([FUNCTIONS.authorizer]),
    rules,
    capTimeScale: CAP_TIME_SCALE,
    facts: () => ({
      apiUrl: stack.apiUrl,
      instances: stack.instances(),
      pipeline: { lag: stack.lag(), quarantined: stack.quarantined() },
    }),
    recordsWritten: () => stack.recordsWritten(),
    hasWritten: (instance) => stack.hasWritten(instance),
    health: heldFor(HEALTH_MS, (now) => healthRows(stack.recentSeries, now)),
    play: () => player?.state() ?? NOBODY,
    faults: () => faults.state(),
    orders: {
      play: async ({ scenario }) => {
        if (player === undefined) {
          throw new OrderError('NOT_PLAYED_HERE', 'this stack was started for a scenario of its own');
        }
        return scenario === null ? player.stop() : player.play(scenario, LEAD_MS);
      },
      cap: (order, now) => decideCap({ dynamo, tables, base }, order, now),
      fault: ({ fault }) => faults.apply(fault),
    },
  };
}

/** The same value for a while: asked four times a second, it need not be worked out as often. */
function heldFor<T>(ms: number, read: (now: number) => T): (now: number) => T {
  let held: { readonly at: number; readonly value: T } | undefined;
  return (now) => {
    if (held === undefined || Math.abs(now - held.at) >= ms) held = { at: now, value: read(now) };
    return held.value;
  };
}
