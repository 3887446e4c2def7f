/** Evaluates the expression of a document-level trigger for one document, as the alerting plugin does for sets of them. */

export interface MatchedQuery {
  readonly name: string;
  readonly tags: readonly string[];
}

/** `!` binds closest, then `&&`, then `||`. @throws SyntaxError */
export function triggers(expression: string, matched: readonly MatchedQuery[]): boolean {
  const tokens = expression.match(/query\[(?:name|tag)=[^\]\s]+\]|&&|\|\||!|\(|\)|\S/g) ?? [];
  let next = 0;
  const accept = (token: string): boolean => {
    if (tokens[next] !== token) return false;
    next += 1;
    return true;
  };
  const operand = (): boolean => {
    if (accept('!')) return !operand();
    if (accept('(')) {
      const inner = either();
      if (!accept(')')) throw new SyntaxError(`expected ), got ${tokens[next]}`);
      return inner;
    }
    const [, kind, word] = /^query\[(name|tag)=(.+)\]$/.exec(tokens[next] ?? '') ?? [];
    if (word === undefined) throw new SyntaxError(`expected a query, got ${tokens[next]}`);
    next += 1;
    return matched.some(({ name, tags }) => (kind === 'name' ? name === word : tags.includes(word)));
  };
  const both = (): boolean => {
    let holds = operand();
    while (accept('&&')) holds = operand() && holds;
    return holds;
  };
  const either = (): boolean => {
    let holds = both();
    while (accept('||')) holds = both() || holds;
    return holds;
  };
  const holds = either();
  if (next < tokens.length) throw new SyntaxError(`expected the end, got ${tokens[next]}`);
  return holds;
}
