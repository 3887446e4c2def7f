/** Plays one scenario from start to verdict on a running local stack. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rule } from '@trailgate/detectors';
import { METRICS } from '@trailgate/sdk/wire';
import { API_ROUTES } from '../example-api/api.ts';
import type { LocalStack } from '../local/stack/local-stack.ts';
import { FUNCTIONS } from '../local/stack/names.ts';
import { CapWatch } from './cap-watch.ts';
import type { Cast } from './cast.ts';
import { type Clients, clientPlan, principalOf, startClients } from './client-process.ts';
import type { LedgerEntry } from './clients/ledger.ts';
import type { ClientPlan } from './clients/plan.ts';
import { gatherEvidence } from './evidence.ts';
import { injectFaults } from './faults.ts';
import { type IndexLatency, IndexWatch } from './index-watch.ts';
import { noiseCrossed, stuffingCrossed, type Thresholds } from './oracle.ts';
import type { Fault, ScenarioName, ScenarioOutcome } from './outcome.ts';
import { judge } from './verdict.ts';

export interface ScenarioOptions {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly faults: readonly Fault[];
  /** Told what happens, a line each. */
  readonly say: (line: string) => void;
}

const CALM_MS = 15_000;
const LEAD_MS = 4_000;
/** How long the attack goes on under its cap. */
const UNDER_CAP_MS = 20_000;
const CAP_TIMEOUT_MS = 40_000;

export async function runScenario(
  stack: LocalStack,
  cast: Cast,
  options: ScenarioOptions,
): Promise<ScenarioOutcome> {
  const { scenario, seed, faults, say } = options;
  const began = Date.now();
  const plan = clientPlan(stack.apiUrl, scenario, seed, cast);
  const clients = startClients();
  const caps = new CapWatch(stack.dynamo, stack.tables.limits);
  const stopFaults = injectFaults(stack, faults, say);
  const watch = new IndexWatch(stack.index);
  let latency: IndexLatency;
  try {
    clients.tell({ type: 'start', plan });
    say(`${cast.honest.length} honest users are shopping`);
    if (scenario === 'calm') await sleep(CALM_MS);
    else await attack(clients, caps, principalOf(plan), say);
    clients.tell({ type: 'finish' });
    await clients.finished;
  } finally {
    latency = watch.stop();
    stopFaults();
    clients.end();
  }
  say('waiting until the pipeline is drained');
  await stack.drain();
  await caps.poll();
  const attacker = scenario === 'calm' ? undefined : principalOf(plan);
  return judge({
    scenario,
    seed,
    faults,
    seconds: (Date.now() - began) / 1000,
    entries: clients.entries,
    latency,
    evidence: gatherEvidence(await stack.index.all()),
    caps: caps.seen(),
    written: stack.recordsWritten(),
    quarantined: stack.quarantined(),
    metrics: metricsOf(stack),
    routes: new Set(API_ROUTES.filter(isPublic).map(({ method, resource }) => `${method} ${resource}`)),
    authorizer: FUNCTIONS.authorizer,
    attacker,
    crossed: crossing(scenario, plan, clients.entries, stack.rules),
  });
}

async function attack(
  clients: Clients,
  caps: CapWatch,
  principal: string,
  say: (line: string) => void,
): Promise<void> {
  await sleep(LEAD_MS);
  clients.tell({ type: 'attack' });
  say('the attack begins');
  const cap = await caps.waitFor(principal, CAP_TIMEOUT_MS);
  if (cap === undefined) {
    say(`no cap on ${principal} after ${CAP_TIMEOUT_MS / 1000} s`);
    return;
  }
  say(`${principal} is capped to ${cap.rate}/s by ${cap.rule}; the attack goes on`);
  await sleep(UNDER_CAP_MS);
  clients.tell({ type: 'stop-attack' });
  say('the attack has stopped; waiting for the cap to end');
  await sleep(Math.max(0, cap.end - Date.now()) + 500);
  clients.tell({ type: 'probe' });
  await clients.probed;
}

function metricsOf(stack: LocalStack): ScenarioOutcome['metrics'] {
  const total = (name: string): number => stack.metricTotal(name, FUNCTIONS.orders);
  return {
    requests: total(METRICS.requests.name),
    errors: total(METRICS.errors.name),
    failed_logins: total(METRICS.failedLogins.name),
    orders: total('Orders'),
    cold_starts: total(METRICS.coldStarts.name),
  };
}

/** Reservations are the functions' own calls; every other route is a client's. */
function isPublic({ resource }: { readonly resource: string }): boolean {
  return resource !== '/inventory/{sku}/reservations';
}

function crossing(
  scenario: ScenarioName,
  plan: ClientPlan,
  entries: readonly LedgerEntry[],
  rules: readonly Rule[],
): number | undefined {
  const rule = rules.find(({ name }) => name === scenario);
  if (scenario === 'calm' || rule === undefined) return undefined;
  const thresholds = thresholdsOf(rule);
  return scenario === 'noisy-client'
    ? noiseCrossed(entries, plan.attacker.user, thresholds)
    : stuffingCrossed(entries, plan.attackerAddress, thresholds);
}

function thresholdsOf({ correlation }: Rule): Thresholds {
  const { gte, timespanMs: windowMs } = correlation;
  if (correlation.type === 'event_count') return { attempts: gte, users: 1, windowMs };
  return { attempts: correlation.events ?? gte, users: gte, windowMs };
}
