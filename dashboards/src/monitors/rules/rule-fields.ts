/** Where the fields that rules speak of stand in a document of the trail index. */
import type { TrailField } from '@trailgate/collectors/schema';
import type { SelectionField } from '@trailgate/detectors/rules';

/** `kind` is the index itself, and no field of it. */
export const INDEX_FIELDS: Readonly<Record<Exclude<SelectionField, 'kind'>, TrailField>> = {
  action: 'event.action',
  outcome: 'event.outcome',
  service: 'service.name',
  tenant: 'tenant',
  principal: 'principal',
  user: 'user.id',
  ip: 'source.ip',
  route: 'route',
  reason: 'event.reason',
};

/** What a signal says where its record names no tenant or principal; the document then has no such field. */
export const UNNAMED = '-';

export function mayBeUnnamed(field: SelectionField): boolean {
  return field === 'tenant' || field === 'principal';
}

/** What the limiter produced is evidence for no rule. */
export const LIMITER_ACTION = 'excess_rate_limit_exceeded';
