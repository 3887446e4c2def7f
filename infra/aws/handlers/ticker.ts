/** The ticker on AWS: tells the time to every shard of the signal stream, so that windows close without traffic. */
import { setTimeout as sleep } from 'node:timers/promises';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { createTicker } from '@trailgate/collectors';
import { tickerConfig } from './config.ts';
import { keepAliveHandler } from './http-handler.ts';
import { minuteTicker } from './tick-minute.ts';
import { writeLine } from './write-line.ts';

const config = tickerConfig(process.env);
const kinesis = new KinesisClient({ requestHandler: keepAliveHandler() });

export const handler = minuteTicker(config.ticksPerMinute, {
  tick: createTicker(kinesis, config.signalsStream, Date.now),
  clock: Date.now,
  sleep,
  onFailure: (error) => {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    writeLine(JSON.stringify({ level: 'WARN', message: `a tick was not put: ${reason}` }));
  },
});
