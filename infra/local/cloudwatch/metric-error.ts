/** How CloudWatch refuses a request: the error's type, its code in the older query protocol, and what is wrong. */

export type MetricErrorType =
  | 'InvalidParameterValueException'
  | 'InvalidParameterCombinationException'
  | 'MissingRequiredParameterException'
  | 'SerializationException'
  | 'UnknownOperationException'
  | 'RequestEntityTooLarge';

const QUERY_CODES: Record<MetricErrorType, string> = {
  InvalidParameterValueException: 'InvalidParameterValue',
  InvalidParameterCombinationException: 'InvalidParameterCombination',
  MissingRequiredParameterException: 'MissingParameter',
  SerializationException: 'MalformedInput',
  UnknownOperationException: 'InvalidAction',
  RequestEntityTooLarge: 'RequestEntityTooLarge',
};

export class MetricRequestError extends Error {
  override readonly name = 'MetricRequestError';
  readonly code: MetricErrorType;

  constructor(code: MetricErrorType, message: string) {
    super(message);
    this.code = code;
  }

  get status(): number {
    return this.code === 'RequestEntityTooLarge' ? 413 : 400;
  }

  /** For the header `x-amzn-query-error`. */
  get queryError(): string {
    return `${QUERY_CODES[this.code]};Sender`;
  }
}

/** A parameter whose value is out of the service's limits. */
export function invalidValue(parameter: string, expected: string, got: unknown): MetricRequestError {
  return new MetricRequestError(
    'InvalidParameterValueException',
    `The value ${String(got)} for parameter ${parameter} is invalid: expected ${expected}.`,
  );
}
