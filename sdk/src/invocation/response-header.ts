/** Adds the correlation id to an answer of API Gateway, on a copy. */
import { CORRELATION_HEADER } from '../correlation/correlation.ts';
import { field } from '../event/field.ts';

/** Gives back the result itself unless it is a plain answer object without the header. */
export function withCorrelationHeader<R>(result: R, correlationId: string): R {
  try {
    if (!isPlain(result) || !Number.isInteger(Number(field(result, 'statusCode')))) return result;
    const headers = field(result, 'headers');
    if (headers !== undefined && headers !== null && !isPlain(headers)) return result;
    if (names(headers) || names(field(result, 'multiValueHeaders'))) return result;
    return { ...result, headers: { ...(headers ?? {}), [CORRELATION_HEADER]: correlationId } };
  } catch {
    // A result that cannot be read is the platform's to judge.
    return result;
  }
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** True when the header is there already, in any case. */
function names(headers: unknown): boolean {
  return (
    typeof headers === 'object' &&
    headers !== null &&
    Object.keys(headers).some((name) => name.toLowerCase() === CORRELATION_HEADER)
  );
}
