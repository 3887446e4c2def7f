/** The public list of capacity plans. */
export { capacity } from './capacity.ts';
export { type CapacityInput, CapacityInputError } from './capacity-input.ts';
export { measureRates } from './measure/rates.ts';
export { renderPlan } from './render.ts';
