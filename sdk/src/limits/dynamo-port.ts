/** The few DynamoDB operations that limits need, as a port: a function, a detector and a test each bring their own. */

export type DynamoOperation = 'GetItem' | 'PutItem' | 'UpdateItem' | 'Query';

export type DynamoDocument = Readonly<Record<string, unknown>>;

export interface DynamoPort {
  /**
   * Sends one request in the service's own JSON (attribute values as `{ S }`, `{ N }`, `{ M }`).
   * @throws DynamoError
   */
  send(
    operation: DynamoOperation,
    input: DynamoDocument,
    options?: { readonly timeoutMs?: number },
  ): Promise<DynamoDocument>;
}

/** Names under which the service says that a key or the account is over its throughput. */
const THROTTLES = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
]);

/** `code` is the exception's name in the service, `TimeoutError` or `NetworkError`. */
export class DynamoError extends Error {
  override readonly name = 'DynamoError';
  readonly code: string;
  /** The item as it is, where the engine returns it with a failed condition. */
  readonly item: DynamoDocument | undefined;

  constructor(code: string, message: string, item?: DynamoDocument) {
    super(`${code}: ${message}`);
    this.code = code;
    this.item = item;
  }

  get conditionFailed(): boolean {
    return this.code === 'ConditionalCheckFailedException';
  }

  get throttled(): boolean {
    return THROTTLES.has(this.code);
  }
}

export function isConditionFailed(error: unknown): error is DynamoError {
  return error instanceof DynamoError && error.conditionFailed;
}

/** What was thrown as the error to tell of. */
export function problemOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new DynamoError('UnknownError', String(thrown));
}
