/** The tests that a rule file carries: signals in a compact form, and whether they must make a finding. */
import * as v from 'valibot';
import { duration, TEXT } from './schema-parts.ts';

const TestSignal = v.strictObject({
  kind: v.optional(v.picklist(['trail', 'usage']), 'trail'),
  /** Time since the signal before. */
  after: v.optional(duration(), '0s'),
  tenant: v.optional(TEXT, 'acme'),
  principal: v.optional(TEXT, 'ip:203.0.113.7'),
  service: v.optional(TEXT, 'api'),
  /** Log stream of the instance that says it. */
  stream: v.optional(TEXT, 'instance-1'),
  action: v.optional(TEXT, 'authn_login_fail'),
  outcome: v.optional(v.picklist(['success', 'failure', 'unknown']), 'unknown'),
  count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
  user: v.optional(TEXT),
  ip: v.optional(TEXT),
  route: v.optional(TEXT),
  reason: v.optional(TEXT),
  /** Of kind usage: requests answered and refused since the signal before; the test adds them up. */
  requests: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  refused: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
});
export type TestSignal = v.InferOutput<typeof TestSignal>;

const TestStep = v.strictObject({
  /** Pause before the step. */
  after: v.optional(duration(), '0s'),
  repeat: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)), 1),
  /** From the begin of one repetition to the next. */
  every: v.optional(duration(), '1s'),
  /** `{n}` in a text is the number of the repetition, from 0. */
  send: v.pipe(v.array(TestSignal), v.minLength(1)),
});

export const RuleTestSchema = v.strictObject({
  name: TEXT,
  expect: v.picklist(['hit', 'miss']),
  signals: v.pipe(v.array(TestStep), v.minLength(1)),
});
export type RuleTest = v.InferOutput<typeof RuleTestSchema>;
