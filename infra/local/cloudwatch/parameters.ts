/** Reads single parameters of a CloudWatch request; a wrong one is an error that names it and what was expected. */
import { invalidValue, MetricRequestError } from './metric-error.ts';

export type Fields = Readonly<Record<string, unknown>>;

const MAX_NAME = 255;
const MAX_VALUE = 2 ** 360;

/** A number that CloudWatch takes as a value. */
export function number(input: unknown, path: string): number {
  if (input === undefined || input === null) throw missing(path);
  if (typeof input !== 'number' || !(Math.abs(input) <= MAX_VALUE)) {
    throw invalidValue(path, 'a finite number from -2^360 to 2^360', input);
  }
  return input;
}

export function positive(input: unknown, path: string): number {
  const value = number(input, path);
  if (value <= 0) throw invalidValue(path, 'more than 0', value);
  return value;
}

export function name(input: unknown, path: string): string {
  return text(input, path, MAX_NAME);
}

export function text(input: unknown, path: string, longest: number): string {
  if (input === undefined || input === null) throw missing(path);
  if (typeof input !== 'string' || input.trim() === '' || input.length > longest) {
    throw invalidValue(path, `1 to ${longest} characters`, describe(input));
  }
  return input;
}

/** The members of an object. */
export function fields(input: unknown, path: string): Fields {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Fields;
  throw invalidValue(path, 'an object', describe(input));
}

export function missing(parameter: string): MetricRequestError {
  return new MetricRequestError(
    'MissingRequiredParameterException',
    `The parameter ${parameter} is required.`,
  );
}

/** What kind of value came, without repeating it. */
export function describe(input: unknown): string {
  if (Array.isArray(input)) return `a list of ${input.length}`;
  return typeof input === 'string' ? `a text of ${input.length} characters` : typeof input;
}
