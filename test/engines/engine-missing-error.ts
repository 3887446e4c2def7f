/** Says that an engine the tests need cannot be had here, and how to get it. */
export class EngineMissingError extends Error {
  override readonly name = 'EngineMissingError';
  readonly code = 'engine_missing';
}
