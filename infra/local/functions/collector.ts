/** The collector as the local stack runs it: the handler that AWS runs, wired to the local adapters. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createCollector, createKinesisSignals } from '@trailgate/collectors';
import { observeBatches } from '../../aws/handlers/observe-batches.ts';
import { writeLine } from '../../aws/handlers/write-line.ts';
import { FUNCTIONS, STREAMS } from '../stack/names.ts';
import { kinesisClient } from '../stack/provision.ts';
import { FolderQuarantine } from '../storage/folder-quarantine.ts';
import { pipelineConfig } from './config.ts';
import { collectorIndices } from './pipeline-index.ts';

const config = pipelineConfig(process.env);

export const handler = createCollector({
  ...collectorIndices(config.index),
  quarantine: new FolderQuarantine(config.quarantineFolder),
  signals: createKinesisSignals(kinesisClient(config.kinesisEndpoint), STREAMS.signals),
  clock: Date.now,
  sleep,
  random: Math.random,
  observe: observeBatches(FUNCTIONS.collector, {
    writeLine,
    clock: Date.now,
    memory: () => process.memoryUsage.rss(),
  }),
});
