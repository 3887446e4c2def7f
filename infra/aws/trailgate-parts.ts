/** Says of a deployment what its alarms and its dashboard have to know. */
import type { PipelineParts } from './alarms/pipeline-parts.ts';
import type { CollectorFunction } from './collector/collector-function.ts';
import type { DetectorFunction } from './detector/detector-function.ts';
import type { DomainSettings } from './search/domain-settings.ts';
import { TrailDomain } from './search/trail-domain.ts';
import { recordAge } from './streams/consume-stream.ts';
import type { Trailgate } from './trailgate.ts';
import type { DeploymentPlan } from './trailgate-plan.ts';

export function pipelineParts(
  trail: Trailgate,
  plan: DeploymentPlan,
  domainProps: DomainSettings | undefined,
): PipelineParts {
  const { search } = plan.size;
  return {
    logStream: trail.logStream,
    signalStream: trail.signalStream,
    collector: consumer(trail.collector, plan.logs.retentionHours),
    detector: consumer(trail.detector, plan.signals.retentionHours),
    ticker: trail.ticker.pipelineFunction,
    ...(trail.setup && { setup: trail.setup.pipelineFunction }),
    ...(trail.retention && { retention: trail.retention.pipelineFunction }),
    index: trail.index,
    ...(trail.index instanceof TrailDomain && {
      domainNodes: {
        dataNodes: domainProps?.capacity?.dataNodes ?? search.dataNodes,
        masterNodes: domainProps?.capacity?.masterNodes ?? search.masterNodes,
        volumeGb: domainProps?.ebs?.volumeSize ?? search.volumeGb,
      },
    }),
    limitsTable: trail.limitsTable,
    bucketsTable: trail.bucketsTable,
    quarantineBucket: trail.quarantineBucket,
    failuresBucket: trail.failuresBucket,
    findingsTopic: trail.findingsTopic,
    alarmTopic: trail.alarmTopic,
    accountSubscription: trail.accountSubscription !== undefined,
  };
}

function consumer(
  { pipelineFunction, source }: CollectorFunction | DetectorFunction,
  retentionHours: number,
): PipelineParts['collector'] {
  const { fn, timeout, memory, reservedConcurrency } = pipelineFunction;
  return {
    fn,
    timeout,
    memory,
    ...(reservedConcurrency !== undefined && { reservedConcurrency }),
    eventSourceMappingId: source.eventSourceMappingId,
    recordsKept: recordAge(retentionHours),
  };
}
