/** Keeps the names of one object apart that look the same once their secrets are hidden. */

export class NameClaims {
  readonly #literalOf: (name: string) => string;
  /** Literals: names as JSON with a colon. */
  readonly #taken = new Set<string>();
  readonly #numbers = new Map<string, number>();

  /** Names that stay as they are are taken from the start. */
  constructor(names: readonly string[], literalOf: (name: string) => string) {
    this.#literalOf = literalOf;
    for (const name of names) if (literalOf(name) === ownLiteral(name)) this.#taken.add(ownLiteral(name));
  }

  /**
   * The literal of a name, with a number behind the name if another one has it. The numbers go on, so that many names
   * that look alike cost no more than each alone.
   */
  claim(name: string): string {
    const literal = this.#literalOf(name);
    if (literal === ownLiteral(name)) return literal;
    let free = literal;
    let number = this.#numbers.get(literal) ?? 2;
    for (; this.#taken.has(free); number++) free = `${literal.slice(0, -2)} ${number}":`;
    this.#numbers.set(literal, number);
    this.#taken.add(free);
    return free;
  }
}

function ownLiteral(name: string): string {
  return `${JSON.stringify(name)}:`;
}
