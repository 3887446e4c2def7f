/** The client process: plays the honest users and the attack of one scenario and reports what they saw. */

import type { ScenarioName } from '../outcome.ts';
import { type Random, seededRandom } from '../random.ts';
import { credentialStuffing, noisyClient } from './attacks.ts';
import { honestUser, pause, signIn } from './honest-user.ts';
import { type ClientIdentity, HttpClient } from './http-client.ts';
import type { LedgerEntry } from './ledger.ts';
import type { ClientPlan, FromClients, ToClients } from './plan.ts';

const PROBES = 8;
const REPORT_MS = 500;
/** Networks reserved for documentation (RFC 5737). */
const HONEST_NETWORK = '198.51.100.';
const SHARED_ADDRESS = '203.0.113.7';

let entries: LedgerEntry[] = [];
const honestStopped = new AbortController();
const running: Promise<void>[] = [];
const attacks: Promise<void>[] = [];
/** Of the attack that goes on, or went on last. */
let attackStopped = new AbortController();
const clients: HttpClient[] = [];

function report(last: boolean): void {
  const message: FromClients = { type: 'ledger', entries, last };
  entries = [];
  process.send?.(message);
}

function connect(plan: ClientPlan, identity: ClientIdentity, sockets?: number): HttpClient {
  const client = new HttpClient(plan.apiUrl, identity, (entry) => entries.push(entry), sockets);
  clients.push(client);
  return client;
}

function startHonest(plan: ClientPlan, random: Random): void {
  const own = plan.honest.length - plan.sharedAddress;
  for (const [index, account] of plan.honest.entries()) {
    const address = index < own ? `${HONEST_NETWORK}${index + 1}` : SHARED_ADDRESS;
    const client = connect(plan, { actor: 'honest', address, user: account.user });
    const chance = random.fork(account.user);
    running.push(honestUser(client, account, plan.skus, chance, honestStopped.signal));
  }
}

/** Ends the attack before it; the first of a process is the same for the same seed, and none is like another. */
function startAttack(plan: ClientPlan, attack: ScenarioName, random: Random): void {
  attackStopped.abort();
  attackStopped = new AbortController();
  const { attackerAddress: address, attacker } = plan;
  const client = connect(plan, { actor: 'attacker', address, user: attacker.user }, 64);
  const chance = random.fork(attacks.length === 0 ? 'attack' : `attack ${attacks.length + 1}`);
  if (attack === 'credential-stuffing') {
    attacks.push(credentialStuffing(client, attacker.tenant, chance, attackStopped.signal));
  } else if (attack === 'noisy-client') {
    attacks.push(noisyClient(client, attacker, chance, attackStopped.signal));
  }
}

/** Is the former attacker served again? The same principal, calling as an honest one would. */
async function probe(plan: ClientPlan): Promise<void> {
  const { attackerAddress: address, attacker } = plan;
  const client = connect(plan, { actor: 'probe', address, user: attacker.user });
  const noTypo: Random = { ...seededRandom(plan.seed), next: () => 1 };
  const never = new AbortController().signal;
  for (let n = 0; n < PROBES; n += 1) {
    await signIn(client, attacker, noTypo, () => Promise.resolve());
    await client.send('GET /orders', '/orders');
    await pause(150, never);
  }
}

async function finish(): Promise<void> {
  attackStopped.abort();
  honestStopped.abort();
  await Promise.all([...running, ...attacks]);
  for (const client of clients) {
    await client.settled();
    client.close();
  }
  report(true);
}

let plan: ClientPlan | undefined;
let random: Random = seededRandom(0);

process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToClients) => {
  if (message.type === 'start') {
    plan = message.plan;
    random = seededRandom(plan.seed);
    startHonest(plan, random);
    setInterval(() => report(false), REPORT_MS).unref();
  } else if (plan !== undefined && message.type === 'attack') {
    startAttack(plan, message.scenario ?? plan.scenario, random);
  } else if (message.type === 'stop-attack') attackStopped.abort();
  else if (plan !== undefined && message.type === 'probe') {
    void probe(plan).then(() => process.send?.({ type: 'probed' } satisfies FromClients));
  } else if (message.type === 'finish') void finish();
});
