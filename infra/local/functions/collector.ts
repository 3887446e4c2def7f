/** The collector as the local stack runs it: the handler that AWS runs, wired to the local adapters. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  batchFacts,
  batchTrouble,
  createCollector,
  createKinesisSignals,
  emfMetrics,
} from '@trailgate/collectors';
import { FUNCTIONS, STREAMS } from '../stack/names.ts';
import { kinesisClient } from '../stack/provision.ts';
import { FolderQuarantine } from '../storage/folder-quarantine.ts';
import { pipelineConfig } from './config.ts';
import { collectorIndices } from './pipeline-index.ts';

const config = pipelineConfig(process.env);

// Not through the console, whose lines Lambda wraps: CloudWatch would not see the metrics.
const write = (line: string): boolean => process.stdout.write(`${line}\n`);
const health = emfMetrics(write, { functionName: FUNCTIONS.collector });

export const handler = createCollector({
  ...collectorIndices(config.index),
  quarantine: new FolderQuarantine(config.quarantineFolder),
  signals: createKinesisSignals(kinesisClient(config.kinesisEndpoint), STREAMS.signals),
  clock: Date.now,
  sleep,
  random: Math.random,
  observe: (summary) => {
    health.report(batchFacts(summary, { at: Date.now(), memoryBytes: process.memoryUsage.rss() }));
    const trouble = batchTrouble(summary);
    if (trouble !== undefined) write(JSON.stringify(trouble));
  },
});
