/** Starts every server of the local stack on the loopback interface, where nobody else can reach it. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const LOOPBACK = '127.0.0.1';

/** A server cannot listen on its port. */
export class PortError extends Error {
  override readonly name = 'PortError';
  readonly code = 'PORT';
  /** Somebody else listens there, so another port may do. */
  readonly inUse: boolean;

  constructor(what: string, port: number, cause: NodeJS.ErrnoException) {
    const inUse = cause.code === 'EADDRINUSE';
    const reason = inUse ? 'is in use: end what listens there' : `cannot be used (${cause.code})`;
    super(`port ${port} for ${what} ${reason}, or choose another port; 0 takes any free one`, { cause });
    this.inUse = inUse;
  }
}

/** The port that is listened on; 0 takes a free one. Throws PortError. */
export function listenOnLoopback(server: Server, what: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new PortError(what, port, error)));
    server.listen(port, LOOPBACK, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Lets go of the port and of every client, most of which keep their connections open; safe to call twice. */
export async function stopServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
