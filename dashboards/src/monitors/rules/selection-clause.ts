/** Says a rule's selections and condition as a query over the documents of the trail index. */
import { isIP } from 'node:net';
import {
  type Condition,
  type FieldTest,
  matchesSelection,
  type Rule,
  type RuleSignal,
} from '@trailgate/detectors/rules';
import { INDEX_FIELDS, mayBeUnnamed, UNNAMED } from './rule-fields.ts';

/** Every document, none, or those of a query. */
export type Clause = 'all' | 'none' | object;

/** A rule compares what an index cannot compare: the message says what. */
export class UnsayableError extends Error {
  readonly code = 'UNSAYABLE';
  override readonly name = 'UnsayableError';
}

/** Which documents are evidence for the rule, where signals of that kind are documents. @throws UnsayableError */
export function ruleClause({ selections, condition }: Rule, kind: RuleSignal['kind']): Clause {
  const clauseOf = (of: Condition): Clause => {
    switch (of.is) {
      case 'not':
        return negation(clauseOf(of.of));
      case 'and':
        return all([clauseOf(of.left), clauseOf(of.right)]);
      case 'or':
        return any([clauseOf(of.left), clauseOf(of.right)]);
      case 'selection': {
        const fields = selections.find(({ name }) => name === of.name)?.fields ?? [];
        return all(fields.map((test) => testClause(test, kind)));
      }
    }
  };
  return clauseOf(condition);
}

function testClause(test: FieldTest, kind: RuleSignal['kind']): Clause {
  if (test.field === 'kind') return isOfKind(test, kind) ? 'all' : 'none';
  return any(test.values.map((value) => valueClause(test, test.field, value)));
}

/** Asked of the rules' own comparison: of a signal that has nothing but its kind. */
function isOfKind(test: FieldTest, kind: RuleSignal['kind']): boolean {
  return matchesSelection({ name: 'kind', fields: [test] }, { kind } as RuleSignal);
}

function valueClause({ modifier }: FieldTest, name: FieldTest['field'], value: string): Clause {
  if (name === 'kind') return 'none';
  const field = INDEX_FIELDS[name];
  if (name === 'ip') {
    if (modifier !== 'equals') throw new UnsayableError(`an address by its ${modifier}`);
    return isIP(value) === 0 ? 'none' : { term: { [field]: value } };
  }
  switch (modifier) {
    case 'equals': {
      const same = { term: { [field]: value } };
      return mayBeUnnamed(name) && value === UNNAMED ? any([same, negation({ exists: { field } })]) : same;
    }
    case 'startswith':
      return { prefix: { [field]: value } };
    case 'endswith':
      return { wildcard: { [field]: { value: `*${literal(value)}` } } };
    case 'contains':
      return { wildcard: { [field]: { value: `*${literal(value)}*` } } };
  }
}

/** Of a text that stands in a wildcard for itself. */
function literal(text: string): string {
  return text.replace(/[\\*?]/g, '\\$&');
}

function negation(clause: Clause): Clause {
  if (clause === 'all') return 'none';
  return clause === 'none' ? 'all' : { bool: { must_not: [clause] } };
}

function all(clauses: readonly Clause[]): Clause {
  if (clauses.includes('none')) return 'none';
  const some = clauses.filter((clause) => typeof clause === 'object');
  const [only] = some;
  if (only === undefined) return 'all';
  return some.length === 1 ? only : { bool: { filter: some } };
}

function any(clauses: readonly Clause[]): Clause {
  if (clauses.includes('all')) return 'all';
  const some = clauses.filter((clause) => typeof clause === 'object');
  const [only] = some;
  if (only === undefined) return 'none';
  return some.length === 1 ? only : { bool: { should: some, minimum_should_match: 1 } };
}
