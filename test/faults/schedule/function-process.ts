/** A process that runs a function and can die at every wait: what it waited for never comes. */

export class FunctionProcess {
  readonly name: string;
  #dead = false;
  #tellDeath: () => void = () => undefined;
  /** Resolves when the process dies. */
  readonly death: Promise<void>;

  constructor(name: string) {
    this.name = name;
    this.death = new Promise((resolve) => {
      this.#tellDeath = resolve;
    });
  }

  get dead(): boolean {
    return this.#dead;
  }

  kill(): void {
    this.#dead = true;
    this.#tellDeath();
  }
}
