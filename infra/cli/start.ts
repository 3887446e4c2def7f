/** `trailgate start`: the whole loop on this machine until Ctrl-C. */
import { parseArgs } from 'node:util';
import { openSearchAddress } from '../local/index/opensearch-address.ts';
import type { PortChoice } from '../local/loopback/port-choice.ts';
import { startConsoleFor } from '../local/stack/console-sources.ts';
import { type LocalStack, startLocalStack } from '../local/stack/local-stack.ts';
import { type Cast, castFor } from '../scenarios/cast.ts';
import { clientPlan, startClients } from '../scenarios/client-process.ts';
import { SCENARIOS, type ScenarioName } from '../scenarios/outcome.ts';
import { untilInterrupted } from './interrupt.ts';
import { oneOf, wholeNumber } from './usage-error.ts';

/** Where a console is looked for; another free port is taken when it is busy and none was asked for. */
export const CONSOLE_PORT: PortChoice = { preferred: 8787 };
const API_PORT: PortChoice = { preferred: 8788 };
/** Of a played attack: when it begins and how long it goes on. */
const LEAD_MS = 10_000;
const ATTACK_MS = 30_000;

export async function start(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      'api-port': { type: 'string' },
      data: { type: 'string' },
      opensearch: { type: 'string' },
      play: { type: 'string' },
    },
  });
  const consolePort = portChoice('--port', values.port, CONSOLE_PORT);
  const apiPort = portChoice('--api-port', values['api-port'], API_PORT);
  const scenario = values.play === undefined ? undefined : oneOf('--play', values.play, SCENARIOS);
  const interrupted = untilInterrupted();
  const cast = castFor(1);
  const stack = await startLocalStack({
    apiPort,
    ...(values.data === undefined ? {} : { dataFolder: values.data }),
    ...(values.opensearch === undefined ? {} : { openSearch: openSearchAddress(values.opensearch) }),
    users: [...cast.honest, cast.attacker, cast.admin],
    skus: cast.skus,
    trouble: (line) => console.error(line),
  });
  try {
    const page = await startConsoleFor(stack, consolePort);
    console.log(`Trailgate is ready: console ${page.url} and API ${stack.apiUrl} (Ctrl-C ends it)`);
    const stopClients = scenario === undefined ? hint(stack, cast) : play(stack, cast, scenario);
    await Promise.race([interrupted, stack.failed]);
    console.log('\nending…');
    stopClients();
    await page.stop();
  } finally {
    await stack.stop();
  }
  return 0;
}

function portChoice(option: string, value: string | undefined, otherwise: PortChoice): PortChoice {
  return value === undefined ? otherwise : { exactly: wholeNumber(option, value, 0, 65_535) };
}

/** What to do with a stack that nobody calls yet. */
function hint(stack: LocalStack, { admin: { tenant, user, password } }: Cast): () => void {
  const login = JSON.stringify({ tenant, user, password });
  console.log(`
Sign in:    curl -s ${stack.apiUrl}/login -d '${login}'
Or let clients do it: npm start -- --play credential-stuffing   (or noisy-client, or calm)`);
  return () => undefined;
}

/** Honest users who shop until the end, and one attack of the scenario's kind. */
function play(stack: LocalStack, cast: Cast, scenario: ScenarioName): () => void {
  const clients = startClients(false);
  clients.tell({ type: 'start', plan: clientPlan(stack.apiUrl, scenario, 1, cast) });
  console.log(`${cast.honest.length} honest users are shopping`);
  if (scenario === 'calm') return clients.end;
  const begin = setTimeout(() => {
    console.log(`the ${scenario} attack begins`);
    clients.tell({ type: 'attack' });
  }, LEAD_MS);
  const stop = setTimeout(() => {
    console.log('the attack has stopped; the cap ends by itself');
    clients.tell({ type: 'stop-attack' });
  }, LEAD_MS + ATTACK_MS);
  return () => {
    clearTimeout(begin);
    clearTimeout(stop);
    clients.end();
  };
}
