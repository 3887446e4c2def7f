/** The error that setting up the SDK can throw; nothing throws once a handler is wrapped. */

const SHOWN_CHARS = 40;

/** A wrong option or environment variable: says which, what was expected and what came. */
export class TrailgateConfigError extends Error {
  readonly code = 'TRAILGATE_CONFIG';
  readonly field: string;
  readonly expected: string;

  constructor(field: string, expected: string, got: unknown) {
    super(`${field}: expected ${expected}, got ${shown(got)}`);
    this.name = 'TrailgateConfigError';
    this.field = field;
    this.expected = expected;
  }
}

function shown(got: unknown): string {
  if (typeof got === 'string') return JSON.stringify(got.slice(0, SHOWN_CHARS));
  if (typeof got === 'number' || typeof got === 'boolean' || got === null) return String(got);
  return typeof got;
}
