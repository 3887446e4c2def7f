export * from './cap-item.ts';
export { createDynamoClient, type DynamoClient, type DynamoClientOptions } from './dynamo-client.ts';
export { dynamoClientFromEnv, MissingSettingError } from './dynamo-env.ts';
export { type DynamoDocument, DynamoError, type DynamoOperation, type DynamoPort } from './dynamo-port.ts';
export { type BindingCap, bindingCaps, type EffectiveCap, effectiveCap } from './effective-cap.ts';
export {
  createLimiter,
  DEFAULT_BASE,
  type LimitDecision,
  type Limiter,
  type LimiterOptions,
  type LimitHit,
  type LimitQuery,
} from './limiter.ts';
export type { SamplingChange, SamplingConf } from './sampling-item.ts';
export type { AwsCredentials } from './sigv4.ts';
