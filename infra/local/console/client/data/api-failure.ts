/** Why the page has no answer, as a sentence for its reader. */
export type ApiFailureCode = 'UNREACHABLE' | 'TIMEOUT' | 'TOO_LARGE' | 'MALFORMED' | (string & {});

export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly code: ApiFailureCode;
  /** The same call may be answered later. */
  readonly passes: boolean;
  constructor(code: ApiFailureCode, message: string, passes: boolean) {
    super(message);
    this.code = code;
    this.passes = passes;
  }
}
