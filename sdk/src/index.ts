export type { TrailgateOptions } from './config.ts';
export { TrailgateConfigError } from './errors.ts';
export type { LambdaContext } from './invocation/lambda-context.ts';
export type { Logger, LogMethod } from './logger/logger.ts';
export type { Ports } from './ports.ts';
export type { Trail } from './trail/trail.ts';
export { createTrailgate, type Trailgate } from './trailgate.ts';
