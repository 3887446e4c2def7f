/** The collector in a process of its own, wired to a real index behind two proxies, so that one channel can fail alone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createCollector, createKinesisSignals } from '@trailgate/collectors';
import { createOpenSearchIndex } from '@trailgate/collectors/opensearch';
import { STREAMS } from '../../../infra/local/stack/names.ts';
import { kinesisClient } from '../../../infra/local/stack/provision.ts';
import { FolderQuarantine } from '../../../infra/local/storage/folder-quarantine.ts';
import { CALL_LIMIT_MS, OPTIONS, readFunctionEnvironment } from './function-environment.ts';

const environment = readFunctionEnvironment(process.env);
const ports = { clock: Date.now };

export const handler = createCollector(
  {
    index: createOpenSearchIndex({ url: environment.BUSINESS_URL, timeoutMs: CALL_LIMIT_MS }, ports),
    trailIndex: createOpenSearchIndex({ url: environment.TRAIL_URL, timeoutMs: CALL_LIMIT_MS }, ports),
    quarantine: new FolderQuarantine(environment.QUARANTINE_FOLDER),
    signals: createKinesisSignals(kinesisClient(environment.KINESIS_URL), STREAMS.signals),
    clock: Date.now,
    sleep,
    random: Math.random,
  },
  OPTIONS,
);
