export { lastEnd, UnreadableItemError } from './cap-codec.ts';
export * from './cap-item.ts';
export {
  type ActiveCaps,
  activeCaps,
  type CapCut,
  type CutOutcome,
  type LimitsTables,
  writeCap,
} from './cap-write.ts';
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
export { type OperatorDecision, writeMode, writeOperatorCap } from './operator-write.ts';
export type { SamplingChange, SamplingConf } from './sampling-item.ts';
export { writeSampling } from './sampling-write.ts';
export type { AwsCredentials } from './sigv4.ts';
export {
  bucketsTable,
  type IndexedTableDefinition,
  limitsTable,
  type TableDefinition,
  TTL_ATTRIBUTE,
} from './tables.ts';
