/** Why retention did not do all of its work. */

/** The engine would not list or delete indices; the others were deleted all the same. */
export class IndicesNotDeletedError extends Error {
  readonly code = 'INDICES_NOT_DELETED';
  override readonly name = 'IndicesNotDeletedError';

  constructor(refusals: readonly string[]) {
    super(refusals.join('; '));
  }
}
