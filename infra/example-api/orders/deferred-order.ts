/** The message about an order whose settling was put off, between who puts it off and the worker. */
import { description, type InferOutput, maxLength, minLength, pipe, strictObject, string } from 'valibot';
import { OrderIdSchema } from '../shop/order-id.ts';

const OwnerSchema = pipe(
  string(),
  minLength(1),
  maxLength(128),
  description('a string of 1 to 128 characters'),
);

/** The order itself is read from its table: a message may be old. */
export const DeferredOrderSchema = strictObject({
  order: OrderIdSchema,
  tenant: OwnerSchema,
  user: OwnerSchema,
});

export type DeferredOrder = Readonly<InferOutput<typeof DeferredOrderSchema>>;

export interface DeferPort {
  /** Resolves when the message is kept. Rejects with what the queue answered. */
  defer(order: DeferredOrder): Promise<void>;
}
