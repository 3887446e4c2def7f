export type {
  CapturedOutput,
  LogRecord,
  RequestRecord,
  RollupRecord,
  TestRecord,
  TrailRecord,
} from './captured-output.ts';
export * as events from './events/index.ts';
export { type Invoke, invoke } from './invoke.ts';
export type { ContextOverrides, TestContext } from './lambda-context.ts';
export type { StreamedAnswer } from './response-stream.ts';
export { createTestTrailgate, type TestTrailgate, type TestTrailgateOptions } from './test-trailgate.ts';
export { KEPT_TRACE_ID, UNKEPT_TRACE_ID } from './trace-ids.ts';
