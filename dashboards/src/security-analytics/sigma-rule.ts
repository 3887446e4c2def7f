/** Makes of a rule of the detectors the Sigma rule that comes nearest to it, and names what it loses. */
import {
  type Condition,
  type FieldTest,
  matchesSelection,
  type Rule,
  type RuleSignal,
  type Selection,
} from '@trailgate/detectors/rules';
import { INDEX_FIELDS, LIMITER_ACTION, mayBeUnnamed, UNNAMED } from '../monitors/rules/rule-fields.ts';
import { ruleLosses } from '../monitors/rules/rule-losses.ts';
import { plainText } from '../monitors/rules/rule-text.ts';
import { ruleClause, UnsayableError } from '../monitors/rules/selection-clause.ts';
import type { SigmaDetection, SigmaDocument } from './sigma-document.ts';

/** Of the form in which the rules are written here; a rule itself has no date. */
const DATE = '2026/11/23';

export interface SigmaRule {
  readonly rule: Rule;
  /** Undefined where the plugin could say nothing of the rule. */
  readonly sigma: SigmaDocument | undefined;
  /** What it does not say, or why there is none. */
  readonly losses: readonly string[];
}

/** `product` is the log type that the rule is for. */
export function sigmaRule(rule: Rule, product: string): SigmaRule {
  try {
    if (ruleClause(rule, 'trail') === 'none') {
      return { rule, sigma: undefined, losses: ['all that it counts: requests, which no index has'] };
    }
    const detection = detectionOf(rule);
    const losses = [...ruleLosses(rule).map(({ says }) => says), ...pluginLosses(rule)];
    return { rule, sigma: documentOf(rule, detection, losses, product), losses };
  } catch (error) {
    if (!(error instanceof UnsayableError)) throw error;
    return { rule, sigma: undefined, losses: [error.message] };
  }
}

function documentOf(
  { id, title, description, status, level, tags }: Rule,
  detection: SigmaDetection,
  losses: readonly string[],
  product: string,
): SigmaDocument {
  return {
    title: titleOf(title),
    id,
    description: `${plainText(description, 500)} Made from the rule of the detectors, which asks for more than this one can say.`,
    author: 'Trailgate',
    date: DATE,
    status,
    level,
    logsource: { product },
    tags,
    falsepositives: losses.map((loss) => `Fires or not without regard to this: ${loss}`),
    detection,
  };
}

/** Without what the plugin refuses in a title. */
function titleOf(title: string): string {
  return plainText(title.replace(/["*+\\/|?#><,:]|\.\.|^[_+-]+/g, ' '), 256).replace(/ {2,}/g, ' ');
}

function pluginLosses({ correlation }: Rule): readonly string[] {
  const distinct =
    correlation.type === 'value_count'
      ? [`that the values of ${correlation.field} differ: the plugin counts documents, however alike`]
      : [];
  return [
    ...distinct,
    'how many events a folded document stands for: it counts once',
    'tenants: a principal of the same name in two tenants is one',
    'more than ten principals at once: those with the most documents are looked at',
  ];
}

function detectionOf(rule: Rule): SigmaDetection {
  const used = new Map<string, Readonly<Record<string, string | readonly string[]>>>();
  const nameOf = (selection: Selection): string => {
    const name = `on_${selection.name.replace(/\W/g, '_')}`;
    used.set(name, fieldsOf(selection));
    return name;
  };
  const text = conditionText(rule.condition, (name) => {
    const selection = rule.selections.find((one) => one.name === name);
    if (selection === undefined) return 'none';
    const [kinds, fields] = split(selection.fields);
    if (!matchesSelection({ name, fields: kinds }, { kind: 'trail' } as RuleSignal)) return 'none';
    return fields.length === 0 ? 'all' : nameOf({ name, fields });
  });
  const { correlation } = rule;
  const least =
    correlation.type === 'event_count' ? correlation.gte : Math.max(correlation.gte, correlation.events ?? 0);
  const found = ['event', 'not limiter', ...(text === 'all' ? [] : [`(${text})`])].join(' and ');
  return {
    selections: {
      event: { 'event.kind': 'event' },
      limiter: { 'event.action': LIMITER_ACTION },
      ...Object.fromEntries(used),
    },
    timeframe: timeframe(correlation.timespanMs),
    condition: `${found} | count(*) by ${INDEX_FIELDS.principal} > ${least - 1}`,
  };
}

function split(fields: readonly FieldTest[]): readonly [readonly FieldTest[], readonly FieldTest[]] {
  return [fields.filter(({ field }) => field === 'kind'), fields.filter(({ field }) => field !== 'kind')];
}

/** `all` and `none` are of selections that hold for every document or for none. */
function conditionText(condition: Condition, nameOf: (selection: string) => string): string {
  switch (condition.is) {
    case 'selection':
      return nameOf(condition.name);
    case 'not': {
      const inner = conditionText(condition.of, nameOf);
      if (inner === 'all') return 'none';
      return inner === 'none' ? 'all' : `not (${inner})`;
    }
    default: {
      const [left, right] = [condition.left, condition.right].map((side) => conditionText(side, nameOf));
      if (left === undefined || right === undefined) return 'none';
      const [idle, decides] = condition.is === 'and' ? ['all', 'none'] : ['none', 'all'];
      if (left === decides || right === decides) return decides;
      if (left === idle) return right;
      return right === idle ? left : `(${left}) ${condition.is} (${right})`;
    }
  }
}

function fieldsOf({ fields }: Selection): Readonly<Record<string, string | readonly string[]>> {
  return Object.fromEntries(
    fields.map((test) => {
      const { field, modifier, values } = test;
      if (field === 'kind') throw new UnsayableError('a kind of signal in the middle of a selection');
      for (const value of values) checkValue(test, value);
      const key = modifier === 'equals' ? INDEX_FIELDS[field] : `${INDEX_FIELDS[field]}|${modifier}`;
      const written = values.map((value) => value.replace(/[\\*?]/g, '\\$&'));
      const [only] = written;
      return [key, written.length === 1 && only !== undefined ? only : written];
    }),
  );
}

function checkValue({ field, modifier }: FieldTest, value: string): void {
  if (modifier === 'equals' && mayBeUnnamed(field) && value === UNNAMED) {
    throw new UnsayableError(`documents without a ${field}`);
  }
  // It writes parts of texts without quotes, where a space ends them.
  if (modifier !== 'equals' && /\s/.test(value)) throw new UnsayableError(`a part of ${field} with a space`);
}

/** In the largest unit that it is a whole number of, as the plugin puts it into a date. */
function timeframe(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  for (const [unit, size] of [
    ['d', 86_400],
    ['h', 3_600],
    ['m', 60],
  ] as const) {
    if (seconds % size === 0) return `${seconds / size}${unit}`;
  }
  return `${seconds}s`;
}
