/** `POST /api/fault`: does to the stack what happens to real ones. */
import { FAULTS, type OrderAnswer } from '../answers.ts';
import type { ApiRoute } from './api-route.ts';
import { oneOf } from './order-fields.ts';

export const FAULT: ApiRoute = {
  method: 'POST',
  path: '/api/fault',
  answer: async ({ body, now }, { orders }): Promise<OrderAnswer> => ({
    done: await orders.fault({ fault: oneOf(body, 'fault', FAULTS) }, now),
  }),
};
