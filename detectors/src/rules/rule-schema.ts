/** What a rule file must look like: Sigma's detection and correlation, and our actions in a block of their own. */
import * as v from 'valibot';
import { RuleTestSchema } from './rule-test-schema.ts';
import { COUNT, duration, SHARE, TEXT } from './schema-parts.ts';
import { SELECTION_FIELDS } from './selection.ts';

const NAME = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/, 'a name of a-z, 0-9 and -'));
const RATE = v.pipe(v.number(), v.gtValue(0));

/** Events of all principals never meet in one place: what is counted together must have one key. */
const GroupBy = v.pipe(v.array(v.literal('principal')), v.length(1));

const Correlation = v.variant('type', [
  v.strictObject({
    type: v.literal('event_count'),
    'group-by': GroupBy,
    timespan: duration(),
    condition: v.strictObject({ gte: COUNT }),
  }),
  v.strictObject({
    type: v.literal('value_count'),
    'group-by': GroupBy,
    timespan: duration(),
    condition: v.strictObject({ field: v.picklist(SELECTION_FIELDS), gte: COUNT }),
  }),
]);

const Evidence = v.strictObject({
  events: v.optional(v.strictObject({ gte: COUNT })),
  'per-value': v.optional(v.strictObject({ lte: COUNT, share: SHARE })),
  exoneration: v.optional(v.strictObject({ selection: TEXT, share: v.optional(SHARE, 0) })),
});

const Cap = v.strictObject({
  class: TEXT,
  rate: RATE,
  burst: COUNT,
  hold: duration(),
  end: duration(),
  floor: RATE,
  mode: v.optional(v.picklist(['enforce', 'shadow']), 'enforce'),
});

const SelectionValue = v.union([TEXT, v.pipe(v.array(TEXT), v.minLength(1))], 'a text or a list of texts');

export const RuleSchema = v.strictObject({
  title: TEXT,
  id: v.pipe(v.string(), v.uuid('a UUID')),
  name: NAME,
  description: TEXT,
  level: v.picklist(['informational', 'low', 'medium', 'high', 'critical']),
  status: v.picklist(['experimental', 'test', 'stable']),
  tags: v.array(TEXT),
  detection: v.objectWithRest(
    { condition: TEXT },
    v.record(v.string(), SelectionValue, 'a map of field to value'),
  ),
  correlation: Correlation,
  trailgate: v.strictObject({
    dedup: duration(),
    evidence: v.optional(Evidence),
    cap: v.optional(Cap),
  }),
  tests: v.pipe(v.array(RuleTestSchema), v.minLength(2)),
});
export type RuleDocument = v.InferOutput<typeof RuleSchema>;
