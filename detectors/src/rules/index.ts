/** What reads the rules as data: without the engine that runs them. */
export type { Condition } from './condition.ts';
export { expandTest, type KeyedTestSignal } from './expand-test.ts';
export { loadRules, shippedRules } from './load-rules.ts';
export { parseRule } from './parse-rule.ts';
export type { CapAction, Correlation, EventCount, Rule, RuleLevel, ValueCount } from './rule.ts';
export type { RuleTest } from './rule-test-schema.ts';
export {
  type FieldTest,
  type Modifier,
  matchesSelection,
  type RuleSignal,
  SELECTION_FIELDS,
  type Selection,
  type SelectionField,
} from './selection.ts';
