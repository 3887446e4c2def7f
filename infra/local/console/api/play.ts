/** `POST /api/play`: starts honest users and one attack, or ends what plays. */
import type { OrderAnswer, PlayOrder } from '../answers.ts';
import { type ApiRequest, type ApiRoute, badField } from './api-route.ts';
import { oneOf, textField } from './order-fields.ts';

const MAX_NAME = 80;

export const PLAY: ApiRoute = {
  method: 'POST',
  path: '/api/play',
  answer: async ({ body, now }, sources): Promise<OrderAnswer> => ({
    done: await sources.orders.play(playOrder(body, sources.play().scenarios), now),
  }),
};

/** Throws `ApiError`. Where nothing can be played, whoever would have to play says why. */
function playOrder(body: ApiRequest['body'], scenarios: readonly string[]): PlayOrder {
  if (body.scenario === undefined) throw badField('scenario', 'a scenario, or null for none', undefined);
  if (body.scenario === null) return { scenario: null };
  const named = textField(body, 'scenario', 1, MAX_NAME);
  return { scenario: scenarios.length === 0 ? named : oneOf(body, 'scenario', scenarios) };
}
