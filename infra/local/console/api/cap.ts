/** `POST /api/cap`: an operator lifts, sets, blocks or takes an earlier decision back; it wins over every detector. */
import { type CapOrder, DECISIONS, type OrderAnswer } from '../answers.ts';
import type { ApiRequest, ApiRoute } from './api-route.ts';
import { numberField, oneOf, textField } from './order-fields.ts';

/** Characters, as the SDK bounds names, with room for what a client begins with; the table’s keys hold 2,048 bytes of both. */
const MAX_TENANT = 256;
const MAX_CLIENT = 300;
const MAX_WHY = 200;
/** Requests a second: below, nobody would ever be served; above, a decision to allow says it better. */
const MIN_RATE = 0.001;
const MAX_RATE = 100_000;
const MAX_MINUTES = 1_440;

export const CAP: ApiRoute = {
  method: 'POST',
  path: '/api/cap',
  answer: async ({ body, now }, { orders }): Promise<OrderAnswer> => ({
    done: await orders.cap(capOrder(body), now),
  }),
};

/** Throws `ApiError`. */
function capOrder(body: ApiRequest['body']): CapOrder {
  const decision = oneOf(body, 'decision', DECISIONS);
  return {
    tenant: textField(body, 'tenant', 1, MAX_TENANT),
    client: textField(body, 'client', 1, MAX_CLIENT),
    decision,
    ...(decision === 'set' ? { rate: numberField(body, 'rate', MIN_RATE, MAX_RATE) } : {}),
    ...(decision === 'withdraw' ? {} : { minutes: numberField(body, 'minutes', 1, MAX_MINUTES) }),
    why: textField(body, 'why', 0, MAX_WHY),
  };
}
