/** A TCP proxy between the collector and its index that does to bytes what bad networks do, as it is told. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export const PROXY_MODES = [
  'pass',
  'delay',
  'refuse',
  'cut mid-body',
  'drop reply',
  'one byte at a time',
  'silence',
] as const;
export type ProxyMode = (typeof PROXY_MODES)[number];

/** Bytes that go one at a time; what is behind them goes at once, or a call would never end. */
const SINGLE_BYTES = 1_500;
const DELAY_MS = 400;

export interface TcpProxy {
  readonly url: string;
  /** How often each mode struck a connection. */
  readonly struck: ReadonlyMap<ProxyMode, number>;
  /** For all bytes from now on; `hangUp` ends the connections that are open. */
  use(mode: ProxyMode, hangUp: boolean): void;
  close(): Promise<void>;
}

/** In front of `http://host:port`, on a loopback port of its own. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const struck = new Map<ProxyMode, number>();
  const open = new Set<Socket>();
  let mode: ProxyMode = 'pass';
  const strike = (): ProxyMode => {
    struck.set(mode, (struck.get(mode) ?? 0) + 1);
    return mode;
  };

  const server: Server = createServer((client) => {
    track(client, open);
    if (mode === 'refuse') {
      strike();
      client.resetAndDestroy();
      return;
    }
    const engine = connect({ host: hostname, port: Number(port) });
    track(engine, open);
    engine.setNoDelay(true);
    const endBoth = (): void => {
      client.destroy();
      engine.destroy();
    };
    client.once('close', endBoth);
    engine.once('close', endBoth);
    let dropsReply = false;
    let sending = Promise.resolve();
    client.on('data', (chunk: Buffer) => {
      const how = strike();
      dropsReply = how === 'drop reply';
      sending = sending.then(() => forward(chunk, how, client, engine));
    });
    engine.on('data', (chunk: Buffer) => {
      // The engine has done what it was asked for, and nobody hears of it.
      if (dropsReply) endBoth();
      else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('proxy: expected a port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    struck,
    use(next, hangUp) {
      mode = next;
      if (hangUp) for (const socket of open) socket.destroy();
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function forward(chunk: Buffer, how: ProxyMode, client: Socket, engine: Socket): Promise<void> {
  switch (how) {
    case 'pass':
    case 'drop reply':
      engine.write(chunk);
      return;
    case 'delay':
      await sleep(DELAY_MS);
      engine.write(chunk);
      return;
    case 'cut mid-body':
      engine.write(chunk.subarray(0, chunk.length >> 1));
      await sleep(5);
      client.destroy();
      engine.destroy();
      return;
    case 'one byte at a time':
      for (let at = 0; at < Math.min(SINGLE_BYTES, chunk.length) && !engine.destroyed; at++) {
        engine.write(chunk.subarray(at, at + 1));
        if (at % 16 === 0) await sleep(0);
      }
      engine.write(chunk.subarray(SINGLE_BYTES));
      return;
    case 'refuse':
      client.resetAndDestroy();
      return;
    case 'silence':
      return;
  }
}

function track(socket: Socket, open: Set<Socket>): void {
  open.add(socket);
  // Whoever is cut off says so; that is the purpose.
  socket.on('error', () => undefined);
  socket.once('close', () => open.delete(socket));
}
