/** Sigma's condition expressions over selection names: `and`, `or`, `not` and parentheses. */

export type Condition =
  | { readonly is: 'selection'; readonly name: string }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

export type ConditionReading =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly expected: string; readonly got: string };

/** Reads an expression; `not` binds closest, then `and`, then `or`. */
export function parseCondition(text: string, selections: ReadonlySet<string>): ConditionReading {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let next = 0;
  let failure: { readonly expected: string; readonly got: string } | undefined;

  const accept = (word: string): boolean => {
    if (tokens[next] !== word) return false;
    next += 1;
    return true;
  };
  const fail = (expected: string): Condition => {
    failure ??= { expected, got: tokens[next] ?? 'the end' };
    next = tokens.length;
    return { is: 'selection', name: '' };
  };
  const operand = (): Condition => {
    if (accept('not')) return { is: 'not', of: operand() };
    if (accept('(')) {
      const inner = either();
      return accept(')') ? inner : fail(')');
    }
    const name = tokens[next];
    if (name === undefined || !selections.has(name)) return fail(`one of ${[...selections].join(', ')}`);
    next += 1;
    return { is: 'selection', name };
  };
  const both = (): Condition => {
    let left = operand();
    while (accept('and')) left = { is: 'and', left, right: operand() };
    return left;
  };
  const either = (): Condition => {
    let left = both();
    while (accept('or')) left = { is: 'or', left, right: both() };
    return left;
  };

  const condition = either();
  if (next < tokens.length) fail('and, or, or the end');
  return failure === undefined ? { ok: true, condition } : { ok: false, ...failure };
}

/** Whether the condition holds, given which selections match. */
export function holds(condition: Condition, matches: (selection: string) => boolean): boolean {
  switch (condition.is) {
    case 'selection':
      return matches(condition.name);
    case 'not':
      return !holds(condition.of, matches);
    case 'and':
      return holds(condition.left, matches) && holds(condition.right, matches);
    case 'or':
      return holds(condition.left, matches) || holds(condition.right, matches);
  }
}
