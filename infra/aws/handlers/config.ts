/** Reads what the pipeline's Lambda functions are told by their environment. */

/** The schema's own limit. */
const MAX_DAYS = 3_650;

export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable is missing or not what it must be; its value is not told. */
export class HandlerConfigError extends Error {
  override readonly name = 'HandlerConfigError';
  readonly code = 'HANDLER_CONFIG';

  constructor(variable: string, expected: string, got: string) {
    super(`environment variable ${variable}: expected ${expected}, got ${got}`);
  }
}

export interface IndexConfig {
  readonly url: string;
  readonly service: 'es' | 'aoss';
}

/** Of every function: what Lambda itself tells. */
export interface FunctionPlace {
  readonly region: string;
  readonly functionName: string;
}

export interface CollectorConfig extends FunctionPlace {
  readonly index: IndexConfig;
  readonly signalsStream: string;
  readonly quarantine: { readonly bucket: string; readonly kmsKeyId: string };
  readonly ownLogGroups: readonly string[];
  /** By the names of regional web ACLs. */
  readonly clientAddressHeaders: Readonly<Record<string, string>>;
  readonly indexPeriod: 'day' | 'month';
}

export interface DetectorConfig extends FunctionPlace {
  readonly index: IndexConfig;
  readonly snapshotsBucket: string;
  readonly tables: { readonly limits: string; readonly buckets: string };
  readonly findingsTopicArn: string;
  readonly indexPeriod: 'day' | 'month';
}

export interface TickerConfig {
  readonly signalsStream: string;
  readonly ticksPerMinute: number;
}

export interface RetentionConfig extends Pick<FunctionPlace, 'region'> {
  readonly index: IndexConfig;
  readonly days: { readonly business: number; readonly trail: number };
}

/** @throws HandlerConfigError */
export function collectorConfig(env: Environment): CollectorConfig {
  return {
    ...functionPlace(env),
    index: indexConfig(env),
    signalsStream: required(env, 'SIGNALS_STREAM'),
    quarantine: { bucket: required(env, 'QUARANTINE_BUCKET'), kmsKeyId: required(env, 'QUARANTINE_KEY_ARN') },
    ownLogGroups: names(required(env, 'OWN_LOG_GROUPS')),
    clientAddressHeaders: clientAddressHeaders(env),
    indexPeriod: indexPeriod(env),
  };
}

/** @throws HandlerConfigError */
export function detectorConfig(env: Environment): DetectorConfig {
  return {
    ...functionPlace(env),
    index: indexConfig(env),
    snapshotsBucket: required(env, 'SNAPSHOTS_BUCKET'),
    tables: { limits: required(env, 'LIMITS_TABLE'), buckets: required(env, 'BUCKETS_TABLE') },
    findingsTopicArn: required(env, 'FINDINGS_TOPIC_ARN'),
    indexPeriod: indexPeriod(env),
  };
}

/** @throws HandlerConfigError */
export function tickerConfig(env: Environment): TickerConfig {
  return {
    signalsStream: required(env, 'SIGNALS_STREAM'),
    ticksPerMinute: wholeNumber(env, 'TICKS_PER_MINUTE', 60),
  };
}

/** @throws HandlerConfigError */
export function retentionConfig(env: Environment): RetentionConfig {
  const { region } = functionPlace(env);
  const days = (variable: string): number => wholeNumber(env, variable, MAX_DAYS);
  return {
    region,
    index: indexConfig(env),
    days: { business: days('BUSINESS_DAYS'), trail: days('TRAIL_DAYS') },
  };
}

function functionPlace(env: Environment): FunctionPlace {
  return { region: required(env, 'AWS_REGION'), functionName: required(env, 'AWS_LAMBDA_FUNCTION_NAME') };
}

/** @throws HandlerConfigError */
export function indexConfig(env: Environment): IndexConfig {
  const service = required(env, 'INDEX_SERVICE');
  if (service !== 'es' && service !== 'aoss') {
    throw new HandlerConfigError('INDEX_SERVICE', 'es or aoss', JSON.stringify(service));
  }
  return { url: required(env, 'INDEX_URL'), service };
}

function indexPeriod(env: Environment): 'day' | 'month' {
  const period = env.INDEX_PERIOD ?? '';
  if (period === '') return 'day';
  if (period === 'day' || period === 'month') return period;
  throw new HandlerConfigError('INDEX_PERIOD', 'day, month or nothing', JSON.stringify(period));
}

/** `shop=x-client-address,other=x-real-client`, or nothing. */
function clientAddressHeaders(env: Environment): Readonly<Record<string, string>> {
  const variable = 'CLIENT_ADDRESS_HEADERS';
  const pairs = names(env[variable] ?? '').map((pair): [string, string] => {
    const [, acl = '', header = ''] = /^([\w-]{1,128})=([\w-]{1,64})$/.exec(pair) ?? [];
    if (acl === '') throw new HandlerConfigError(variable, 'WEB_ACL=HEADER, …', JSON.stringify(pair));
    return [acl, header];
  });
  return Object.fromEntries(pairs);
}

function wholeNumber(env: Environment, variable: string, most: number): number {
  const text = required(env, variable);
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new HandlerConfigError(variable, `a whole number from 1 to ${most}`, JSON.stringify(text));
}

function names(list: string): readonly string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** @throws HandlerConfigError */
export function required(env: Environment, variable: string): string {
  const value = env[variable];
  if (value === undefined || value === '') throw new HandlerConfigError(variable, 'a value', 'nothing');
  return value;
}
