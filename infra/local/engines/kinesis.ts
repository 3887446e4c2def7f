/** The local stack's Kinesis: kinesis-local in a process of its own, on the loopback interface only. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../loopback/free-port.ts';
import { LOOPBACK } from '../loopback/listen.ts';
import { type Engine, startEngine } from './engine.ts';
import type { SpawnPort } from './spawn-port.ts';

export interface KinesisOptions {
  /** Region of the streams' ARNs; `us-east-1` when left out. */
  readonly region?: string;
  /** Account of the streams' ARNs; twelve zeros when left out. */
  readonly accountId?: string;
  /** Milliseconds until giving up. */
  readonly startTimeoutMs?: number;
}

/**
 * Its clients need HTTP/1.1: `requestHandler: new NodeHttpHandler()`.
 * Throws `EngineStartError` when it does not come up.
 */
export async function startKinesis(spawn: SpawnPort, options: KinesisOptions = {}): Promise<Engine> {
  // On a taken port it hangs instead of ending, so both ports are looked for first.
  const [plain, tls] = await freePorts(2);
  const main = fileURLToPath(import.meta.resolve('kinesis-local'));
  const url = `http://${LOOPBACK}:${plain}`;
  return startEngine(spawn, {
    name: 'kinesis',
    url,
    health: `${url}/healthcheck`,
    args: ['--import', new URL('./bind-loopback.ts', import.meta.url).href, main],
    env: {
      KINESIS_MOCK_PLAIN_PORT: String(plain),
      KINESIS_MOCK_TLS_PORT: String(tls),
      KINESIS_MOCK_CERT_PATH: join(dirname(main), 'server.json'),
      AWS_REGION: options.region ?? 'us-east-1',
      AWS_ACCOUNT_ID: options.accountId ?? '000000000000',
      LOG_LEVEL: 'ERROR',
    },
    ...(options.startTimeoutMs === undefined ? {} : { startTimeoutMs: options.startTimeoutMs }),
  });
}
