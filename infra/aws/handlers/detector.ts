/** The detector on AWS: signals from Kinesis to findings, caps and metrics, with each shard's state in S3. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import {
  createCapPort,
  createCloudWatchMetrics,
  createDetector,
  createS3Snapshots,
  createSnsFindings,
  emfHealth,
  loadRules,
  observationLevel,
} from '@trailgate/detectors';
import { dynamoClientFromEnv } from '@trailgate/sdk/limits';
import { METRIC_NAMESPACE } from '@trailgate/sdk/wire';
import { keptThenTold } from '../../findings/kept-then-told.ts';
import { openSearchFindings } from '../../findings/opensearch-findings.ts';
import { detectorConfig } from './config.ts';
import { keepAliveHandler } from './http-handler.ts';
import { connectIndex } from './index-connection.ts';
import { writeLine } from './write-line.ts';

const config = detectorConfig(process.env);
// A datum that was taken before its answer was lost would be counted twice.
const cloudwatch = new CloudWatchClient({ requestHandler: keepAliveHandler(), maxAttempts: 1 });
const s3 = new S3Client({ requestHandler: keepAliveHandler() });
const sns = new SNSClient({ requestHandler: keepAliveHandler() });
const reportHealth = emfHealth(writeLine, {
  clock: Date.now,
  functionName: config.functionName,
  memory: () => process.memoryUsage.rss(),
});

export const handler = createDetector(
  {
    snapshots: createS3Snapshots(s3, { bucket: config.snapshotsBucket }),
    findings: keptThenTold(
      openSearchFindings(connectIndex(config.index, config, Date.now)),
      createSnsFindings(sns, config.findingsTopicArn, { sleep, random: Math.random }),
    ),
    caps: createCapPort(dynamoClientFromEnv(process.env), config.tables),
    metrics: createCloudWatchMetrics(cloudwatch, METRIC_NAMESPACE),
    clock: Date.now,
    observe: (observation) => {
      reportHealth(observation);
      if (observation.event !== 'batch') {
        writeLine(JSON.stringify({ level: observationLevel(observation), ...observation }));
      }
    },
  },
  // The bundle has the package's rules beside its module.
  { rules: await loadRules(new URL('rules/', import.meta.url)), indexPeriod: config.indexPeriod },
);
