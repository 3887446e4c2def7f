/** An order of the console that could not be carried out, with the reason as a sentence for whoever gave it. */
export class OrderError extends Error {
  override readonly name = 'OrderError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
