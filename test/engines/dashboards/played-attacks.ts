/** Plays both attacks by real clients on the local stack over an OpenSearch, for whoever looks at what they left behind. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MetricSeries } from '../../../infra/local/cloudwatch/metric-store.ts';
import { type LocalStack, startLocalStack } from '../../../infra/local/stack/local-stack.ts';
import { METRIC_GRACE_MS } from '../../../infra/local/stack/names.ts';
import { CapWatch } from '../../../infra/scenarios/cap-watch.ts';
import { type Cast, castFor } from '../../../infra/scenarios/cast.ts';
import { clientPlan, principalOf, startClients } from '../../../infra/scenarios/client-process.ts';
import { HttpClient, type Reply } from '../../../infra/scenarios/clients/http-client.ts';
import type { LedgerEntry } from '../../../infra/scenarios/clients/ledger.ts';
import type { WrittenCap } from '../../../infra/scenarios/scenario-facts.ts';
import { KEPT_TRACE_ID } from '../../../sdk/src/testing/index.ts';

export interface PlayedAttacks {
  /** What the clients saw, but for the order below. */
  readonly entries: readonly LedgerEntry[];
  readonly caps: readonly WrittenCap[];
  /** Who tried the leaked passwords, and who called without pause. */
  readonly stuffing: string;
  readonly noisy: string;
  /** Of a request that went from the orders to the inventory and was turned away there. */
  readonly correlationId: string;
  readonly series: readonly MetricSeries[];
}

/** Gives each attack an address of its own. */
const SEEDS = { stuffing: 11, noisy: 23 } as const;
const LEAD_MS = 2_000;
const CAP_TIMEOUT_MS = 30_000;
/** How long the attacks go on under their caps. */
const UNDER_CAP_MS = 6_000;
const MINUTE_MS = 60_000;
const ADDRESS = '198.51.100.200';

/** Rejects when an attack was not capped. */
export async function playAttacks(openSearchUrl: string): Promise<PlayedAttacks> {
  const cast = castFor(SEEDS.stuffing);
  const stack = await startLocalStack({
    apiPort: { exactly: 0 },
    openSearch: { url: openSearchUrl },
    users: [...cast.honest, cast.attacker, cast.admin],
    skus: cast.skus,
    // What goes wrong for good is missing in the index.
    trouble: () => undefined,
  });
  try {
    return await play(stack, cast);
  } finally {
    await stack.stop();
  }
}

async function play(stack: LocalStack, cast: Cast): Promise<PlayedAttacks> {
  const plans = [
    clientPlan(stack.apiUrl, 'credential-stuffing', SEEDS.stuffing, cast),
    clientPlan(stack.apiUrl, 'noisy-client', SEEDS.noisy, { ...cast, honest: [] }),
  ] as const;
  const caps = new CapWatch(stack.dynamo, stack.tables.limits);
  const clients = plans.map(() => startClients());
  const own: LedgerEntry[] = [];
  let correlationId: string;
  try {
    for (const [at, plan] of plans.entries()) clients[at]?.tell({ type: 'start', plan });
    await sleep(LEAD_MS);
    correlationId = await walkAround(stack.apiUrl, cast, (entry) => own.push(entry));
    for (const { tell } of clients) tell({ type: 'attack' });
    for (const plan of plans) {
      const cap = await caps.waitFor(principalOf(plan), CAP_TIMEOUT_MS);
      if (cap === undefined) throw new Error(`expected a cap on ${principalOf(plan)}, got none`);
    }
    await sleep(UNDER_CAP_MS);
    for (const { tell } of clients) tell({ type: 'finish' });
    await Promise.all(clients.map(({ finished }) => finished));
  } finally {
    for (const { end } of clients) end();
  }
  await stack.drain();
  await minuteIsOver();
  return {
    entries: [...clients.flatMap(({ entries }) => entries), ...own],
    caps: caps.seen(),
    stuffing: principalOf(plans[0]),
    noisy: principalOf(plans[1]),
    correlationId,
    series: stack.metricSeries(),
  };
}

/** A minute's metrics are published once it is over; ticks reach the detector a moment later. */
async function minuteIsOver(): Promise<void> {
  await sleep(MINUTE_MS - (Date.now() % MINUTE_MS) + METRIC_GRACE_MS + 3_000);
}

/** What honest users hardly ever do: administration, a denied one, an article that is not there, a forged token. */
async function walkAround(apiUrl: string, cast: Cast, enter: (entry: LedgerEntry) => void): Promise<string> {
  const client = new HttpClient(apiUrl, { actor: 'honest', address: ADDRESS, user: '' }, enter);
  const signIn = async ({ tenant, user, password }: Cast['admin']): Promise<void> => {
    client.identity.user = user;
    const reply = await expectStatus(200, client.send('POST /login', '/login', { tenant, user, password }));
    client.identity.token = (JSON.parse(reply.body) as { token: string }).token;
  };
  const [customer] = cast.honest;
  if (customer === undefined) throw new TypeError('cast: expected an honest user');
  try {
    await signIn(cast.admin);
    await expectStatus(200, client.send('GET /admin/orders', '/admin/orders'));
    await signIn(customer);
    await expectStatus(403, client.send('GET /admin/orders', '/admin/orders'));
    const correlationId = await orderUnknownArticle(apiUrl, client.identity.token ?? '');
    client.identity.token = 'forged';
    await expectStatus(401, client.send('GET /orders', '/orders'));
    return correlationId;
  } finally {
    client.close();
  }
}

/** A request that is turned away two services further on, and that both keep whole. Gives its correlation id. */
async function orderUnknownArticle(apiUrl: string, token: string): Promise<string> {
  const { status, headers } = await fetch(`${apiUrl}/orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      traceparent: `00-${KEPT_TRACE_ID}-00f067aa0ba902b7-01`,
      'x-forwarded-for': ADDRESS,
    },
    body: JSON.stringify({ sku: 'sku-unknown', quantity: 1 }),
  });
  const correlationId = headers.get('x-correlation-id');
  if (status !== 400 || correlationId === null) throw new Error(`expected status 400, got ${status}`);
  return correlationId;
}

async function expectStatus(status: number, reply: Promise<Reply>): Promise<Reply> {
  const answer = await reply;
  if (answer.status !== status) throw new Error(`expected status ${status}, got ${answer.status}`);
  return answer;
}
