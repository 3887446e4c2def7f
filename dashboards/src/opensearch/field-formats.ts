/** How values of some fields are shown wherever they stand: a duration with its unit, since ECS has it in nanoseconds. */
import type { FieldName } from '@trailgate/collectors/schema';

/**
 * For both index patterns, which all have these fields. No value is made a link to a dashboard that is asked for it: the
 * state in such an address is a text between quotes, Dashboards leaves a quote within the value as it is, and a client
 * who sends one as correlation id would write what an investigator sees.
 */
export function fieldFormats(): string {
  return JSON.stringify({
    'event.duration': {
      id: 'duration',
      params: {
        inputFormat: 'nanoseconds',
        outputFormat: 'asMilliseconds',
        outputPrecision: 1,
        showSuffix: true,
      },
    },
  } satisfies Partial<Record<FieldName, object>>);
}
