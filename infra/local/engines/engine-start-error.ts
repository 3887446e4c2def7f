/** Says which engine did not come up, what was tried and what it said last. */

export class EngineStartError extends Error {
  override readonly name = 'EngineStartError';
  readonly code = 'ENGINE_START';
  readonly engine: string;
  /** The engine's last lines on stdout and stderr. */
  readonly output: readonly string[];

  constructor(engine: string, tried: string, happened: string, output: readonly string[]) {
    const said = output.length === 0 ? 'It wrote nothing.' : `It wrote last:\n${output.join('\n')}`;
    super(`engine ${engine} did not come up: ${happened}. Tried: ${tried}. ${said}`);
    this.engine = engine;
    this.output = output;
  }
}
