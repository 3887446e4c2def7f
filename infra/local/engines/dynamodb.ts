/** The local stack's DynamoDB: dynalite in a process of its own, in memory, on the loopback interface only. */
import { fileURLToPath } from 'node:url';
import { freePorts } from '../loopback/free-port.ts';
import { LOOPBACK } from '../loopback/listen.ts';
import { type Engine, startEngine } from './engine.ts';
import type { SpawnPort } from './spawn-port.ts';

export interface DynamodbOptions {
  /** Milliseconds until giving up. */
  readonly startTimeoutMs?: number;
}

/** Tables are active as soon as they are created. Throws `EngineStartError` when it does not come up. */
export async function startDynamodb(spawn: SpawnPort, options: DynamodbOptions = {}): Promise<Engine> {
  const [port] = await freePorts(1);
  const url = `http://${LOOPBACK}:${port}`;
  return startEngine(spawn, {
    name: 'dynamodb',
    url,
    health: url,
    args: [fileURLToPath(new URL('./dynalite-server.ts', import.meta.url)), String(port)],
    env: {},
    ...(options.startTimeoutMs === undefined ? {} : { startTimeoutMs: options.startTimeoutMs }),
  });
}
