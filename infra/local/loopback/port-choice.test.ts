import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { listenOnLoopback, stopServer } from './listen.ts';
import { withPort } from './port-choice.ts';

const servers: Server[] = [];
const listen = (port: number): Promise<number> => {
  const server = createServer();
  servers.push(server);
  return listenOnLoopback(server, 'a test', port);
};

afterEach(async () => {
  for (const server of servers.splice(0)) await stopServer(server);
});

test('a preferred port that is in use gives way to a free one', async () => {
  const taken = await listen(0);
  const port = await withPort({ preferred: taken }, listen);
  expect(port).not.toBe(taken);
});

test('a port that was asked for is an error when it is in use', async () => {
  const taken = await listen(0);
  await expect(withPort({ exactly: taken }, listen)).rejects.toThrow(
    `port ${taken} for a test is in use: end what listens there, or choose another port`,
  );
});
