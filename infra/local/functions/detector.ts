/** The detector as the local stack runs it: the handler that AWS runs, wired to the local adapters. */
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import {
  createCapPort,
  createCloudWatchMetrics,
  createDetector,
  emfHealth,
  loadRules,
  shippedRules,
} from '@trailgate/detectors';
import { dynamoClientFromEnv } from '@trailgate/sdk/limits';
import { METRIC_NAMESPACE } from '@trailgate/sdk/wire';
import { writeLine } from '../../aws/handlers/write-line.ts';
import {
  CAP_TIME_SCALE,
  FUNCTIONS,
  GAP_GRACE_MS,
  INSTANCE_SILENCE_MS,
  LOCAL_CREDENTIALS,
  METRIC_GRACE_MS,
  TABLES,
} from '../stack/names.ts';
import { SqliteSnapshots } from '../storage/sqlite-snapshots.ts';
import { pipelineConfig } from './config.ts';
import { detectorFindings } from './pipeline-index.ts';

const config = pipelineConfig(process.env);
const cloudwatch = new CloudWatchClient({
  endpoint: config.cloudwatchEndpoint,
  region: config.region,
  credentials: LOCAL_CREDENTIALS,
  requestHandler: new NodeHttpHandler(),
  // A datum that was taken before its answer was lost would be counted twice.
  maxAttempts: 1,
});
const reportHealth = emfHealth(writeLine, {
  clock: Date.now,
  functionName: FUNCTIONS.detector,
  memory: () => process.memoryUsage.rss(),
});

export const handler = createDetector(
  {
    snapshots: new SqliteSnapshots(config.snapshotFile),
    findings: detectorFindings(config.index),
    caps: createCapPort(dynamoClientFromEnv(process.env), TABLES),
    metrics: createCloudWatchMetrics(cloudwatch, METRIC_NAMESPACE),
    clock: Date.now,
    observe: (observation) => {
      reportHealth(observation);
      if (observation.event !== 'batch') console.warn(JSON.stringify(observation));
    },
  },
  {
    rules: await loadRules(shippedRules()),
    capTimeScale: CAP_TIME_SCALE,
    instanceSilenceMs: INSTANCE_SILENCE_MS,
    metricGraceMs: METRIC_GRACE_MS,
    gapGraceMs: GAP_GRACE_MS,
  },
);
