export {
  deleteExpiredIndices,
  type RetentionOptions,
  type RetentionReport,
} from '../retention/delete-expired-indices.ts';
export type { RetentionDays } from '../retention/expired-indices.ts';
export { IndicesNotDeletedError } from '../retention/retention-errors.ts';
export {
  type AlertChannel,
  AlertChannelError,
  checkChannel,
  type EmailChannel,
  type SnsChannel,
  type WebhookChannel,
} from './alert-channel.ts';
export { applyIndexSetup, type SetupOptions } from './apply-index-setup.ts';
export type { NamedMonitor } from './apply-monitors.ts';
export type { RoleMappings } from './apply-roles.ts';
export { type ConnectOptions, connectOpenSearch } from './connect-opensearch.ts';
export { contentHash } from './content-marker.ts';
export { mayPass } from './engine.ts';
export type {
  DetectionRule,
  DetectorInput,
  SecurityAnalyticsContent,
} from './security-analytics-content.ts';
export {
  AliasTakenError,
  NewerSchemaError,
  SetupAnswerError,
  SetupConnectionError,
  SetupContentError,
  SetupRefusedError,
} from './setup-errors.ts';
export type { SetupReport, SetupStatus, SetupStep, SetupSubject } from './setup-report.ts';
export { watchNewestIndex } from './watch-newest-index.ts';
