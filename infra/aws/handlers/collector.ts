/** The collector on AWS: log records from Kinesis to OpenSearch, the signal stream and the quarantine bucket. */
import { setTimeout as sleep } from 'node:timers/promises';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { createCollector, createKinesisSignals } from '@trailgate/collectors';
import { createS3Quarantine } from '@trailgate/collectors/s3';
import { collectorConfig } from './config.ts';
import { keepAliveHandler } from './http-handler.ts';
import { connectIndex } from './index-connection.ts';
import { observeBatches } from './observe-batches.ts';
import { tellFailures } from './tell-failures.ts';
import { writeLine } from './write-line.ts';

const config = collectorConfig(process.env);
const kinesis = new KinesisClient({ requestHandler: keepAliveHandler() });
const s3 = new S3Client({ requestHandler: keepAliveHandler() });

export const handler = createCollector(
  {
    // Trail and business share no connection, so that neither waits for the other.
    index: connectIndex(config.index, config, Date.now),
    trailIndex: connectIndex(config.index, config, Date.now),
    quarantine: tellFailures(
      createS3Quarantine(s3, { ...config.quarantine, prefix: '' }),
      'quarantine',
      writeLine,
    ),
    signals: tellFailures(createKinesisSignals(kinesis, config.signalsStream), 'signals', writeLine),
    clock: Date.now,
    sleep,
    random: Math.random,
    observe: observeBatches(config.functionName, {
      writeLine,
      clock: Date.now,
      memory: () => process.memoryUsage.rss(),
    }),
  },
  {
    ownLogGroups: config.ownLogGroups,
    clientAddressHeaders: config.clientAddressHeaders,
    indexPeriod: config.indexPeriod,
  },
);
