/** The collector as the local stack runs it: the handler that AWS runs, wired to the local adapters. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createCollector, createKinesisSignals } from '@trailgate/collectors';
import { SqliteIndex } from '../index/sqlite-index.ts';
import { STREAMS } from '../stack/names.ts';
import { kinesisClient } from '../stack/provision.ts';
import { FolderQuarantine } from '../storage/folder-quarantine.ts';
import { pipelineConfig } from './config.ts';

const config = pipelineConfig(process.env);

export const handler = createCollector({
  index: new SqliteIndex(config.indexFile),
  quarantine: new FolderQuarantine(config.quarantineFolder),
  signals: createKinesisSignals(kinesisClient(config.kinesisEndpoint), STREAMS.signals),
  clock: Date.now,
  sleep,
  random: Math.random,
});
