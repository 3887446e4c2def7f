/** The local stack's DynamoDB: dynalite in a process of its own, in memory, on the loopback interface only. */
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../loopback/free-port.ts';
import { LOOPBACK } from '../loopback/listen.ts';
import { type Engine, startEngine } from './engine.ts';
import type { GateOrder, GateReply } from './gate-order.ts';
import type { SpawnPort } from './spawn-port.ts';

export interface DynamodbOptions {
  /** Milliseconds until giving up. */
  readonly startTimeoutMs?: number;
}

export interface DynamodbEngine extends Engine {
  /**
   * Fault: from now on requests for these tables, and for no others, are answered as in an outage; none ends it.
   * Resolves when it is in force. Throws {@link EngineGoneError}.
   */
  refuse(tables: readonly string[]): Promise<void>;
}

/** The engine's process has ended, so nothing can be asked of it. */
export class EngineGoneError extends Error {
  override readonly name = 'EngineGoneError';
  readonly code = 'ENGINE_GONE';
  constructor(how: string) {
    super(`the dynamodb engine ${how}`);
  }
}

/** Tables are active as soon as they are created. Throws `EngineStartError` when it does not come up. */
export async function startDynamodb(
  spawn: SpawnPort,
  options: DynamodbOptions = {},
): Promise<DynamodbEngine> {
  const [port] = await freePorts(1);
  const url = `http://${LOOPBACK}:${port}`;
  let child: ChildProcess | undefined;
  const spawnAndKeep: SpawnPort = (command, args, spawnOptions) => {
    child = spawn(command, args, { ...spawnOptions, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    return child;
  };
  const engine = await startEngine(spawnAndKeep, {
    name: 'dynamodb',
    url,
    health: url,
    args: [fileURLToPath(new URL('./dynalite-server.ts', import.meta.url)), String(port)],
    env: {},
    ...(options.startTimeoutMs === undefined ? {} : { startTimeoutMs: options.startTimeoutMs }),
  });
  if (child === undefined) throw new EngineGoneError('was never started');
  return { ...engine, refuse: gateOf(child, engine.ended) };
}

function gateOf(child: ChildProcess, ended: Promise<string>): DynamodbEngine['refuse'] {
  let orders = 0;
  const waiting = new Map<number, () => void>();
  child.on('message', ({ order }: GateReply) => {
    waiting.get(order)?.();
    waiting.delete(order);
  });
  // A process that ends between two messages: its end tells what matters.
  child.on('error', () => undefined);
  const gone = ended.then((how): never => {
    throw new EngineGoneError(how);
  });
  gone.catch(() => undefined); // nobody may be asking when it ends
  return (tables) => {
    orders += 1;
    const order = orders;
    const done = new Promise<void>((resolve) => waiting.set(order, resolve));
    if (child.connected) child.send({ order, refuse: tables } satisfies GateOrder);
    return Promise.race([done, gone]);
  };
}
