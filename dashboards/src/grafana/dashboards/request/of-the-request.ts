/** Which documents of either index are of the request that the reader named. */
import type { BusinessField, TrailField } from '@trailgate/collectors/schema';
import { type Condition, luceneQuery } from '../../../conditions/condition.ts';
import { REQUEST_VARIABLE } from '../../panels/request-link.ts';

function named(field: BusinessField & TrailField): string {
  const condition: Condition<BusinessField & TrailField> = { field, is: [`$${REQUEST_VARIABLE}`] };
  return luceneQuery([condition]);
}

/** In quotes, within which Grafana's escaping holds: what a reader pastes finds itself or nothing. */
export const OF_THE_REQUEST = `(${named('correlation_id')} OR ${named('trace_id')})`;
