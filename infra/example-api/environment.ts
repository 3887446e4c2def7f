/** Reads one environment variable at a time and names the one that is missing or unusable, never its value. */
import { type GenericSchema, type InferOutput, safeParse } from 'valibot';

export type Environment = Readonly<Record<string, string | undefined>>;

/** More would make the limiter itself the slow part, or caps that nobody keeps. */
const MAX_MILLISECONDS = 10_000;

/** A variable that is missing or unusable. Never holds the value: some are secrets. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID';
  readonly variable: string;

  constructor(variable: string, expected: string, got: string) {
    super(`environment variable ${variable}: expected ${expected}, got ${got}`);
    this.name = 'ConfigError';
    this.variable = variable;
  }
}

export function text(env: Environment, variable: string): string {
  const value = env[variable];
  if (value === undefined || value === '') throw new ConfigError(variable, 'a value', 'nothing');
  return value;
}

/** Without a slash at its end. */
export function httpUrl(env: Environment, variable: string): string {
  const value = text(env, variable);
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new ConfigError(variable, 'an http or https URL', 'something else');
  }
  return value.replace(/\/+$/, '');
}

export function optionalMilliseconds(env: Environment, variable: string): number | undefined {
  if (env[variable] === undefined || env[variable] === '') return undefined;
  const value = Number(env[variable]);
  if (Number.isInteger(value) && value >= 1 && value <= MAX_MILLISECONDS) return value;
  throw new ConfigError(variable, `a whole number from 1 to ${MAX_MILLISECONDS}`, 'something else');
}

export function json<S extends GenericSchema>(
  env: Environment,
  variable: string,
  { expected, schema }: { readonly expected: string; readonly schema: S },
): InferOutput<S> {
  const result = safeParse(schema, parseJson(text(env, variable)));
  if (!result.success) throw new ConfigError(variable, expected, 'something else');
  return result.output;
}

/** Undefined, which no schema here takes, instead of an error whose message quotes the text. */
function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
