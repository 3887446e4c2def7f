/** What every construct throws at synth for a prop that cannot be used. */

/** The message names the prop, what was expected and what came; never a secret. */
export class TrailgatePropsError extends Error {
  readonly code = 'TRAILGATE_PROPS';
  override readonly name = 'TrailgatePropsError';
  /** Path of the prop, as the caller wrote it: `logStreamProps.shardCount`. */
  readonly prop: string;

  constructor(prop: string, expected: string, got: string) {
    super(`${prop}: expected ${expected}, got ${got}`);
    this.prop = prop;
  }
}
