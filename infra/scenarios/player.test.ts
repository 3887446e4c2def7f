import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { LOOPBACK, listenOnLoopback, stopServer } from '../local/loopback/listen.ts';
import { castFor } from './cast.ts';
import { type Clients, startClients } from './client-process.ts';
import { Player, type PlayerOptions } from './player.ts';

const players: Player[] = [];
const servers: Server[] = [];
afterEach(async () => {
  for (const player of players.splice(0)) player.stop();
  await Promise.all(servers.splice(0).map(stopServer));
});

/** An API that lets everybody in and remembers who called what. */
async function api(): Promise<{ url: string; calls: Set<string> }> {
  const calls = new Set<string>();
  const server = createServer((request, response) => {
    calls.add(`${request.headers['x-forwarded-for']} ${request.method} ${request.url}`);
    response.end(JSON.stringify({ token: 't' }));
  });
  servers.push(server);
  return { url: `http://${LOOPBACK}:${await listenOnLoopback(server, 'a test', 0)}`, calls };
}

function playerFor(apiUrl: string, over: Partial<PlayerOptions> = {}) {
  const said: string[] = [];
  const processes: Clients[] = [];
  const player = new Player({
    apiUrl,
    cast: castFor(1),
    clock: () => 1_000,
    say: (line) => said.push(line),
    start: () => {
      const clients = startClients(false);
      processes.push(clients);
      return clients;
    },
    ...over,
  });
  players.push(player);
  return { player, said, processes };
}

const NOBODY = { scenario: null, attackFrom: null, attackUntil: null };

describe('the player', () => {
  test('honest users shop while one attack after the other comes and goes', async () => {
    const { url, calls } = await api();
    const { player, said, processes } = playerFor(url);
    expect(player.state()).toMatchObject(NOBODY);
    expect(player.play('credential-stuffing', 0)).toBe(
      '24 honest users are shopping; the credential-stuffing attack begins in 0 s',
    );
    expect(player.state()).toMatchObject({
      scenario: 'credential-stuffing',
      attackFrom: 1_000,
      attackUntil: 31_000,
    });
    await expect.poll(() => calls, { timeout: 10_000 }).toContain('192.0.2.2 POST /login');
    await expect.poll(() => [...calls].some((call) => call.startsWith('198.51.100.'))).toBe(true);
    expect(player.play('noisy-client', 0)).toContain('the credential-stuffing attack has stopped');
    await expect.poll(() => calls, { timeout: 10_000 }).toContain('192.0.2.2 GET /orders');
    expect(player.play('calm', 0)).toContain('the noisy-client attack has stopped');
    expect(player.state()).toMatchObject({ ...NOBODY, scenario: 'calm' });
    expect(processes).toHaveLength(1);
    expect(player.stop()).toBe('the clients have stopped');
    expect(player.state()).toMatchObject(NOBODY);
    expect(player.stop()).toBe('nobody calls');
    await processes[0]?.ended;
    expect(said.at(-1)).toBe('the noisy-client attack has stopped');
  });

  test('an attack ends by itself, and the honest users go on', async () => {
    const { url } = await api();
    const { player, said } = playerFor(url, { attackMs: 10 });
    player.play('credential-stuffing', 0);
    await expect.poll(() => said).toContain('the credential-stuffing attack has stopped');
    expect(player.state()).toMatchObject({ ...NOBODY, scenario: 'calm' });
  });

  test('a client process that dies is said, and the scenario can be played again', async () => {
    const { url } = await api();
    const { player, said, processes } = playerFor(url);
    const losses: string[] = [];
    player.onLoss((what) => losses.push(what));
    player.play('credential-stuffing', 60_000);
    processes[0]?.end();
    await expect
      .poll(() => said.at(-1))
      .toBe('the clients’ process ended on its own (SIGKILL); nobody calls any more');
    expect(losses).toEqual([said.at(-1)]);
    expect(player.state()).toMatchObject(NOBODY);
    player.play('calm', 0);
    expect(player.state()).toMatchObject({ scenario: 'calm' });
    player.play('noisy-client', 60_000);
    expect(player.play('calm', 0)).toContain('the noisy-client attack will not begin');
    expect(processes).toHaveLength(2);
  });

  test('an unknown scenario is refused by name, and nothing is started', () => {
    const { player, processes } = playerFor('http://127.0.0.1:9');
    expect(() => player.play('meteor', 0)).toThrow(
      'scenario: expected calm, credential-stuffing, noisy-client, got "meteor"',
    );
    expect(processes).toHaveLength(0);
  });
});
