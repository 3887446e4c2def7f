/** `trailgate start`: the whole loop on this machine until Ctrl-C. */
import { parseArgs } from 'node:util';
import { startConsoleFor } from '../local/stack/console-sources.ts';
import { startLocalStack } from '../local/stack/local-stack.ts';
import { castFor } from '../scenarios/cast.ts';
import { untilInterrupted } from './interrupt.ts';
import { wholeNumber } from './usage-error.ts';

/** Where a console is looked for; another free port is taken when it is busy and none was asked for. */
const CONSOLE_PORT = 8787;
const API_PORT = 8788;

export async function start(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { port: { type: 'string' }, 'api-port': { type: 'string' }, data: { type: 'string' } },
  });
  const port = (option: 'port' | 'api-port', preferred: number) => {
    const value = values[option];
    return value === undefined ? { preferred } : { exactly: wholeNumber(`--${option}`, value, 0, 65_535) };
  };
  const interrupted = untilInterrupted();
  const cast = castFor(1);
  const stack = await startLocalStack({
    apiPort: port('api-port', API_PORT),
    ...(values.data === undefined ? {} : { dataFolder: values.data }),
    users: [...cast.honest, cast.attacker, cast.admin],
    skus: cast.skus,
    trouble: (line) => console.error(line),
  });
  try {
    const page = await startConsoleFor(stack, port('port', CONSOLE_PORT));
    const { tenant, user, password } = cast.admin;
    console.log(`Trailgate is ready: console ${page.url} and API ${stack.apiUrl} (Ctrl-C ends it)`);
    console.log(
      `\nTry: curl -s ${stack.apiUrl}/login -d '${JSON.stringify({ tenant, user, password })}'` +
        '\nthen the same with a wrong password 25 times for different users, and watch the console.',
    );
    await Promise.race([interrupted, stack.failed]);
    console.log('\nending…');
    await page.stop();
  } finally {
    await stack.stop();
  }
  return 0;
}
