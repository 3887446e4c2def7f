/** Finds TCP ports on the loopback interface that nobody listens on, for engines that cannot choose one themselves. */
import { type AddressInfo, createServer, type Server } from 'node:net';
import { LOOPBACK } from './listen.ts';

/** `count` different free ports; all are held until the last is found, so that none is given twice. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const held = await Promise.all(Array.from({ length: count }, () => listenAnywhere()));
  const ports = held.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

function listenAnywhere(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => resolve(server));
  });
}
