/** Evaluates the part of DynamoDB's expression language that limits use, for the in-memory adapter. */

export type Value = { N?: string; S?: string; SS?: string[]; M?: Record<string, Value> };
export type Item = Record<string, Value>;

export interface Expressions {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Value>>;
}

const TOKEN = /\s*([#:]?[\w]+|<=|>=|[<>=+(),.])/y;

function tokenize(source: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.trimEnd().length) {
    const match = TOKEN.exec(source);
    if (match?.[1] === undefined) throw new SyntaxError(`expression: cannot read ${source}`);
    tokens.push(match[1]);
  }
  return tokens;
}

/** Recursive descent over one expression; every rule reads as the service documents it. */
class Parser {
  readonly #tokens: string[];
  readonly #item: Item;
  readonly #with: Expressions;
  #at = 0;

  constructor(source: string, item: Item, expressions: Expressions) {
    this.#tokens = tokenize(source);
    this.#item = item;
    this.#with = expressions;
  }

  condition(): boolean {
    const result = this.#or();
    if (this.#peek() !== undefined) throw new SyntaxError(`expression: unexpected ${this.#peek()}`);
    return result;
  }

  /** Returns the item after the update; all operands read the item before it. */
  update(): Item {
    const after = structuredClone(this.#item);
    while (this.#peek() !== undefined) {
      const clause = this.#next();
      do {
        const name = this.#name();
        if (clause === 'SET') {
          this.#expect('=');
          after[name] = this.#sum();
        } else if (clause === 'ADD') after[name] = add(this.#item[name], this.#value());
        else if (clause === 'REMOVE') delete after[name];
        else throw new SyntaxError(`expression: clause ${clause}`);
      } while (this.#accept(','));
    }
    return after;
  }

  #or(): boolean {
    let result = this.#and();
    while (this.#accept('OR')) result = this.#and() || result;
    return result;
  }

  #and(): boolean {
    let result = this.#term();
    while (this.#accept('AND')) result = this.#term() && result;
    return result;
  }

  #term(): boolean {
    if (this.#accept('(')) {
      const result = this.#or();
      this.#expect(')');
      return result;
    }
    if (this.#accept('attribute_not_exists')) return this.#call()[0] === undefined;
    if (this.#accept('attribute_exists')) return this.#call()[0] !== undefined;
    if (this.#accept('contains')) {
      const [set, member] = this.#call();
      return set?.SS?.includes(member?.S ?? '') ?? false;
    }
    const left = this.#operand();
    const comparison = this.#next();
    if (comparison !== 'BETWEEN') return compare(left, comparison, this.#operand());
    const low = this.#operand();
    this.#expect('AND');
    const high = this.#operand();
    return compare(left, '>=', low) && compare(left, '<=', high);
  }

  #sum(): Value {
    const first = this.#operand();
    if (first === undefined) throw new SyntaxError('expression: an operand has no value');
    return this.#accept('+') ? add(first, this.#value()) : first;
  }

  #operand(): Value | undefined {
    if (this.#accept('size')) return { N: String(this.#call()[0]?.SS?.length ?? Number.NaN) };
    if (this.#accept('if_not_exists')) {
      const [found, otherwise] = this.#call();
      return found ?? otherwise;
    }
    if (this.#peek()?.startsWith(':')) return this.#value();
    let value: Value | undefined = this.#item[this.#name()];
    while (this.#accept('.')) {
      const member = this.#name();
      value = value?.M?.[member];
    }
    return value;
  }

  #call(): (Value | undefined)[] {
    const operands: (Value | undefined)[] = [];
    this.#expect('(');
    do operands.push(this.#operand());
    while (this.#accept(','));
    this.#expect(')');
    return operands;
  }

  #name(): string {
    const token = this.#next();
    return this.#with.names[token] ?? token;
  }

  #value(): Value {
    const token = this.#next();
    const value = this.#with.values[token];
    if (value === undefined) throw new SyntaxError(`expression: ${token} has no value`);
    return value;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new SyntaxError('expression: ends too early');
    return token;
  }

  #accept(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at++;
    return true;
  }

  #expect(token: string): void {
    const found = this.#next();
    if (found !== token) throw new SyntaxError(`expression: expected ${token}, got ${found}`);
  }
}

export function holds(condition: string, item: Item, expressions: Expressions): boolean {
  return new Parser(condition, item, expressions).condition();
}

export function applyUpdate(update: string, item: Item, expressions: Expressions): Item {
  return new Parser(update, item, expressions).update();
}

/** A comparison with an attribute that is not there is false. */
function compare(left: Value | undefined, comparison: string, right: Value | undefined): boolean {
  const [a, b] = left?.N === undefined ? [left?.S, right?.S] : [Number(left.N), Number(right?.N)];
  if (a === undefined || b === undefined) return false;
  if (comparison === '=') return a === b;
  if (comparison === '<') return a < b;
  if (comparison === '<=') return a <= b;
  if (comparison === '>') return a > b;
  if (comparison === '>=') return a >= b;
  throw new SyntaxError(`expression: comparison ${comparison}`);
}

function add(to: Value | undefined, what: Value): Value {
  if (what.SS !== undefined) return { SS: [...new Set([...(to?.SS ?? []), ...what.SS])] };
  return { N: String(Number(to?.N ?? 0) + Number(what.N)) };
}
