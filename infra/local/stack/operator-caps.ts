/** Writes what an operator of the console decides about one client into the limits table, where it wins over every detector. */
import { type BaseLimit, DynamoError, type DynamoPort, type OperatorCap } from '@trailgate/sdk/limits';
import { activeCaps, type LimitsTables, writeOperatorCap } from '@trailgate/sdk/limits/table';
import type { CapOrder } from '../console/answers.ts';
import { legibleText } from '../console/live/legible-text.ts';
import { OrderError } from '../console/order-error.ts';

export interface OperatorCapPorts {
  readonly dynamo: DynamoPort;
  readonly tables: LimitsTables;
  readonly base: BaseLimit;
}

/** Who decided, in the table and in the trail. */
const BY = 'console';
const MINUTE_MS = 60_000;

/**
 * Resolves with what was decided; `now` is epoch ms. The order's fields are as `POST /api/cap` has checked them.
 * Throws {@link OrderError} when there is nothing to withdraw, and when the table does not answer.
 */
export async function decideCap(ports: OperatorCapPorts, order: CapOrder, now: number): Promise<string> {
  try {
    return await decide(ports, order, now);
  } catch (error) {
    if (!(error instanceof DynamoError)) throw error;
    throw new OrderError('LIMITS_TABLE_AWAY', `the limits table does not take it: ${error.message}`);
  }
}

async function decide(ports: OperatorCapPorts, order: CapOrder, now: number): Promise<string> {
  const { dynamo, tables } = ports;
  const { tenant, client } = order;
  const whom = legibleText(`${client} of tenant ${tenant}`);
  if (order.decision === 'withdraw') {
    const cap = await decisionOn(ports, order, now);
    if (cap === undefined) {
      throw new OrderError('NOTHING_TO_WITHDRAW', `no decision of an operator holds for ${whom}`);
    }
    await writeOperatorCap(dynamo, tables, { tenant, client, cap: { ...cap, end: now, by: BY }, now });
    return `the decision on ${whom} is withdrawn: what detectors say holds again`;
  }
  const cap = capOf(order, order.decision, ports.base, now);
  await writeOperatorCap(dynamo, tables, { tenant, client, cap, now });
  return `${whom} ${sentenceOf(cap)} until ${new Date(cap.end).toISOString().slice(11, 19)} UTC`;
}

async function decisionOn(
  { dynamo, tables }: OperatorCapPorts,
  { tenant, client }: CapOrder,
  now: number,
): Promise<OperatorCap | undefined> {
  const clients = await activeCaps(dynamo, tables.limits, now);
  const caps = clients.find((one) => one.tenant === tenant && one.client === client);
  return caps?.operator !== undefined && now < caps.operator.end ? caps.operator : undefined;
}

function capOf(order: CapOrder, kind: OperatorCap['kind'], base: BaseLimit, now: number): OperatorCap {
  const { rate = base.rate, minutes = 0, why } = order;
  const rates = { allow: base.rate, set: rate, block: 0 };
  return { kind, rate: rates[kind], end: now + minutes * MINUTE_MS, by: BY, why };
}

function sentenceOf({ kind, rate }: OperatorCap): string {
  switch (kind) {
    case 'allow':
      return 'is served, whatever detectors say,';
    case 'set':
      return `is held to ${rate} requests/s, whatever detectors say,`;
    case 'block':
      return 'is blocked';
  }
}
