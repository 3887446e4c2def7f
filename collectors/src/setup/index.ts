export { applyIndexSetup, type SetupOptions } from './apply-index-setup.ts';
export type { RoleMappings } from './apply-roles.ts';
export { type ConnectOptions, connectOpenSearch } from './connect-opensearch.ts';
export {
  AliasTakenError,
  NewerSchemaError,
  SetupAnswerError,
  SetupConnectionError,
  SetupRefusedError,
} from './setup-errors.ts';
export type { SetupReport, SetupStatus, SetupStep, SetupSubject } from './setup-report.ts';
