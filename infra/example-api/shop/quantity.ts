/** How much of an article one order may take. */
import { description, integer, maxValue, minValue, number, pipe } from 'valibot';

export const MAX_QUANTITY = 100;

export const QuantitySchema = pipe(
  number(),
  integer(),
  minValue(1),
  maxValue(MAX_QUANTITY),
  description(`a whole number from 1 to ${MAX_QUANTITY}`),
);
