/** The public list of the constructs. */
export type { AlarmOptions } from './alarms/alarm-options.ts';
export { PipelineAlarms, type PipelineAlarmsProps } from './alarms/pipeline-alarms.ts';
export type { ConsumerPart, FunctionPart, PipelineParts } from './alarms/pipeline-parts.ts';
export * from './archive/index.ts';
export { CollectorFunction } from './collector/collector-function.ts';
export { PipelineDashboard, type PipelineDashboardProps } from './dashboard/pipeline-dashboard.ts';
export { DetectorFunction } from './detector/detector-function.ts';
export {
  type FunctionNetwork,
  PipelineFunction,
  type PipelineFunctionProps,
} from './functions/pipeline-function.ts';
export { PipelineNetwork, type PipelineNetworkProps } from './network/pipeline-network.ts';
export { TrailgatePropsError } from './props-error.ts';
export { RetentionFunction, type RetentionFunctionProps } from './retention/retention-function.ts';
export { ExistingDomain } from './search/existing-domain.ts';
export { TrailCollection } from './search/trail-collection.ts';
export { TrailDomain } from './search/trail-domain.ts';
export type { TrailIndex } from './search/trail-index.ts';
export * from './secure-api/index.ts';
export { IndexSetup, type IndexSetupProps } from './setup/index-setup.ts';
export { SIZES } from './sizes/presets.ts';
export type { FunctionSize, Size, SizeName } from './sizes/size.ts';
export { TickerFunction } from './ticker/ticker-function.ts';
export { Trailgate } from './trailgate.ts';
export type { SetupOptions, TrailgateProps } from './trailgate-props.ts';
export * from './watch/index.ts';
