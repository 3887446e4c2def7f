/** The capacity plan of a load: how much of everything, what it costs, and which limit it meets first. */
import { type CapacityInput, type CapacitySettings, capacitySettings } from './capacity-input.ts';
import { type PlanCost, planCost } from './cost.ts';
import { type LimitUse, limitsOf } from './limits.ts';
import { type Sizing, sizingOf } from './size.ts';

export interface CapacityPlan extends Sizing {
  readonly settings: CapacitySettings;
  readonly cost: PlanCost;
  /** The one that bites first comes first. */
  readonly limits: readonly LimitUse[];
}

/** @throws CapacityInputError naming the figure that cannot be used. */
export function capacity(input: CapacityInput): CapacityPlan {
  const settings = capacitySettings(input);
  const sizing = sizingOf(settings);
  return { settings, ...sizing, cost: planCost(sizing, settings), limits: limitsOf(input) };
}
