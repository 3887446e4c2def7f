/** `trailgate start`: the whole loop on this machine until Ctrl-C. */
import { parseArgs } from 'node:util';
import { openSearchAddress } from '../local/index/opensearch-address.ts';
import type { PortChoice } from '../local/loopback/port-choice.ts';
import { startConsoleFor } from '../local/stack/console-sources.ts';
import { type LocalStack, startLocalStack } from '../local/stack/local-stack.ts';
import { type Cast, castFor } from '../scenarios/cast.ts';
import { SCENARIOS } from '../scenarios/outcome.ts';
import { Player } from '../scenarios/player.ts';
import { untilInterrupted } from './interrupt.ts';
import { oneOf, wholeNumber } from './usage-error.ts';

/** Where a console is looked for; another free port is taken when it is busy and none was asked for. */
export const CONSOLE_PORT: PortChoice = { preferred: 8787 };
const API_PORT: PortChoice = { preferred: 8788 };
/** Milliseconds of calm weather before an attack that was asked for at the start. */
const LEAD_MS = 10_000;

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
  const player = new Player({
    apiUrl: stack.apiUrl,
    cast,
    clock: Date.now,
    say: (line) => console.log(line),
  });
  try {
    const page = await startConsoleFor(stack, consolePort, { player });
    console.log(`Trailgate is ready: console ${page.url} and API ${stack.apiUrl} (Ctrl-C ends it)`);
    if (scenario === undefined) hint(stack, cast);
    else player.play(scenario, LEAD_MS);
    await Promise.race([interrupted, stack.failed]);
    console.log('\nending…');
    await page.stop();
  } finally {
    player.stop();
    await stack.stop();
  }
  return 0;
}

function portChoice(option: string, value: string | undefined, otherwise: PortChoice): PortChoice {
  return value === undefined ? otherwise : { exactly: wholeNumber(option, value, 0, 65_535) };
}

/** What to do with a stack that nobody calls yet. */
function hint(stack: LocalStack, { admin: { tenant, user, password } }: Cast): void {
  const login = JSON.stringify({ tenant, user, password });
  console.log(`
Let clients play: by the console's buttons, or npm start -- --play credential-stuffing   (or noisy-client, or calm)
Or sign in:       curl -s ${stack.apiUrl}/login -d '${login}'`);
}
