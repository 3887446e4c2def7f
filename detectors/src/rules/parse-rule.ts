/** Reads one rule file, and says in one sentence what is wrong with it when it cannot be read. */
import * as v from 'valibot';
import { parse } from 'yaml';
import { RuleError } from '../errors.ts';
import { type Condition, parseCondition } from './condition.ts';
import type { CapAction, Correlation, Rule } from './rule.ts';
import { type RuleDocument, RuleSchema } from './rule-schema.ts';
import {
  type FieldTest,
  MODIFIERS,
  type Modifier,
  SELECTION_FIELDS,
  type Selection,
  type SelectionField,
} from './selection.ts';

/** The rule in a YAML text; `file` names it in errors. Throws RuleError with file, field, expected and got. */
export function parseRule(text: string, file: string): Rule {
  const document = readDocument(text, file);
  const selections = readSelections(document, file);
  const { id, name, title, description, level, status, tags, trailgate } = document;
  for (const expect of ['hit', 'miss']) {
    if (!document.tests.some((test) => test.expect === expect)) {
      throw new RuleError(file, 'tests', `at least one test with expect: ${expect}`, 'none');
    }
  }
  return {
    id,
    name,
    title,
    description,
    level,
    status,
    tags,
    techniques: tags.flatMap((tag) => /^attack\.(t\d{4}(?:\.\d{3})?)$/.exec(tag)?.[1]?.toUpperCase() ?? []),
    selections,
    condition: readCondition(document, selections, file),
    correlation: readCorrelation(document, selections, file),
    dedupMs: trailgate.dedup,
    ...(trailgate.cap === undefined ? {} : { cap: readCap(trailgate.cap, file) }),
    tests: document.tests,
  };
}

function readDocument(text: string, file: string): RuleDocument {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    throw new RuleError(
      file,
      '',
      'YAML',
      error instanceof Error ? error.message : 'text that does not parse',
    );
  }
  const reading = v.safeParse(RuleSchema, raw, { abortEarly: true });
  if (reading.success) return reading.output;
  const [issue] = reading.issues;
  throw new RuleError(file, v.getDotPath(issue) ?? '', expectation(issue), issue.received);
}

/** Our own words where the schema has some, otherwise the type that it asked for. */
function expectation(issue: v.InferIssue<typeof RuleSchema>): string {
  if (issue.expected === 'never') return 'no such field';
  return issue.message.startsWith('Invalid') ? (issue.expected ?? issue.message) : issue.message;
}

function readSelections(document: RuleDocument, file: string): readonly Selection[] {
  const selections: Selection[] = [];
  for (const [name, fields] of Object.entries(document.detection)) {
    if (name === 'condition' || typeof fields === 'string') continue;
    selections.push({
      name,
      fields: Object.entries(fields).map(([key, value]) =>
        readFieldTest(key, value, `detection.${name}`, file),
      ),
    });
  }
  return selections;
}

function readFieldTest(key: string, value: string | string[], at: string, file: string): FieldTest {
  const [field, modifier = 'equals', ...rest] = key.split('|');
  if (!isOneOf<SelectionField>(SELECTION_FIELDS, field)) {
    throw new RuleError(file, `${at}.${key}`, `a field of ${SELECTION_FIELDS.join(', ')}`, String(field));
  }
  if (!isOneOf<Modifier>(MODIFIERS, modifier) || rest.length > 0) {
    throw new RuleError(file, `${at}.${key}`, `a modifier of ${MODIFIERS.join(', ')}`, key);
  }
  return { field, modifier, values: typeof value === 'string' ? [value] : value };
}

function readCondition(document: RuleDocument, selections: readonly Selection[], file: string): Condition {
  const reading = parseCondition(document.detection.condition, new Set(selections.map(({ name }) => name)));
  if (reading.ok) return reading.condition;
  throw new RuleError(file, 'detection.condition', reading.expected, reading.got);
}

function readCorrelation(
  document: RuleDocument,
  selections: readonly Selection[],
  file: string,
): Correlation {
  const { correlation } = document;
  const evidence = document.trailgate.evidence ?? {};
  const { timespan: timespanMs } = correlation;
  if (timespanMs < 1_000) throw new RuleError(file, 'correlation.timespan', 'at least 1s', `${timespanMs}ms`);
  if (correlation.type === 'event_count') {
    const [extra] = Object.keys(evidence);
    if (extra !== undefined) {
      throw new RuleError(file, `trailgate.evidence.${extra}`, 'nothing beside event_count', extra);
    }
    return { type: 'event_count', timespanMs, gte: correlation.condition.gte };
  }
  const { exoneration } = evidence;
  if (exoneration !== undefined && !selections.some(({ name }) => name === exoneration.selection)) {
    const known = selections.map(({ name }) => name).join(', ');
    throw new RuleError(
      file,
      'trailgate.evidence.exoneration.selection',
      `one of ${known}`,
      exoneration.selection,
    );
  }
  return {
    type: 'value_count',
    timespanMs,
    field: correlation.condition.field,
    gte: correlation.condition.gte,
    ...(evidence.events === undefined ? {} : { events: evidence.events.gte }),
    ...(evidence['per-value'] === undefined ? {} : { perValue: evidence['per-value'] }),
    ...(exoneration === undefined ? {} : { exoneration }),
  };
}

function readCap(cap: NonNullable<RuleDocument['trailgate']['cap']>, file: string): CapAction {
  if (cap.end < cap.hold) {
    throw new RuleError(file, 'trailgate.cap.end', `at least the hold of ${cap.hold} ms`, `${cap.end} ms`);
  }
  if (cap.floor > cap.rate) {
    throw new RuleError(file, 'trailgate.cap.floor', `at most the rate of ${cap.rate}`, String(cap.floor));
  }
  const { class: cls, rate, burst, hold: holdMs, end: endMs, floor, mode } = cap;
  return { cls, rate, burst, holdMs, endMs, floor, mode };
}

function isOneOf<T extends string>(list: readonly T[], value: unknown): value is T {
  return (list as readonly unknown[]).includes(value);
}
