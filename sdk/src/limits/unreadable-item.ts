/** The error that names what of the limits table cannot be read; it is reported and never thrown. */

/** An item or attribute that does not keep the contract. */
export class UnreadableItemError extends Error {
  override readonly name = 'UnreadableItemError';
  readonly code = 'unreadable_item';

  constructor(where: string, field: string, expected: string) {
    super(`${where}: expected ${field} to be ${expected}`);
  }
}
