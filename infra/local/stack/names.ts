/** What the local stack calls its streams, tables and functions. */

export const STREAMS = { logs: 'trailgate-logs', signals: 'trailgate-signals' } as const;

/** Two of each, so that sharding is met here and not first on AWS. */
export const SHARDS = 2;

export const TABLES = {
  limits: 'trailgate-limits',
  buckets: 'trailgate-buckets',
  users: 'shop-users',
  orders: 'shop-orders',
  inventory: 'shop-inventory',
} as const;

export const FUNCTIONS = {
  orders: 'orders',
  inventory: 'inventory',
  authorizer: 'authorizer',
  collector: 'trailgate-collector',
  detector: 'trailgate-detector',
} as const;

/** The embedded engines take any credentials. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;
export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

/** A minute of a cap's life is five seconds here, so that a whole attack and recovery fits into one minute. */
export const CAP_TIME_SCALE = 1 / 12;

/** Here a record is indexed within a second or two of its writing, so a minute need not stay open for longer. */
export const METRIC_GRACE_MS = 3_000;

/** An idle instance is retired, and so says what it had counted, … */
export const INSTANCE_IDLE_MS = 5_000;
/** … well before its silence is taken for its end. */
export const INSTANCE_SILENCE_MS = 10_000;

/** Nothing is under way for longer here, so a number that is missing then is gone. */
export const GAP_GRACE_MS = 10_000;
