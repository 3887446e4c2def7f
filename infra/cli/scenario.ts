/** `trailgate scenario`: plays one scenario on a stack of its own and exits 0 only if everything reconciles. */
import { parseArgs } from 'node:util';
import type { Console } from '../local/console/server.ts';
import { startConsoleFor } from '../local/stack/console-sources.ts';
import { startLocalStack } from '../local/stack/local-stack.ts';
import { castFor } from '../scenarios/cast.ts';
import {
  FAULTS,
  type Fault,
  SCENARIOS,
  type ScenarioName,
  type ScenarioOutcome,
} from '../scenarios/outcome.ts';
import { runScenario } from '../scenarios/scenario-run.ts';
import { untilInterrupted } from './interrupt.ts';
import { CONSOLE_PORT } from './start.ts';
import { oneOf, UsageError, wholeNumber } from './usage-error.ts';

export async function scenario(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      fault: { type: 'string', multiple: true, default: [] },
    },
  });
  const name = oneOf('scenario', positionals[0] ?? '', SCENARIOS);
  if (positionals.length > 1) throw new UsageError(`expected one scenario, got ${positionals.length}`);
  const seed = wholeNumber('--seed', values.seed, 0, 0xffff_ffff);
  const faults = values.fault
    .flatMap((list) => list.split(','))
    .map((fault) => oneOf('--fault', fault, FAULTS));
  // With --json standard output belongs to the outcome.
  const say = values.json ? console.error : console.log;
  const outcome = await play(name, seed, faults, say);
  if (outcome === undefined) return 130;
  say(describe(outcome));
  if (values.json) console.log(JSON.stringify(outcome));
  return outcome.ok ? 0 : 1;
}

async function play(
  name: ScenarioName,
  seed: number,
  faults: readonly Fault[],
  say: (line: string) => void,
): Promise<ScenarioOutcome | undefined> {
  const cast = castFor(seed);
  const interrupted = untilInterrupted();
  const stack = await startLocalStack({
    apiPort: { exactly: 0 },
    users: [...cast.honest, cast.attacker],
    skus: cast.skus,
    deliverTwice: faults.includes('deliver-twice'),
    trouble: say,
  });
  let page: Console | undefined;
  try {
    page = await startConsoleFor(stack, CONSOLE_PORT);
    say(`scenario ${name}, seed ${seed}: console ${page.url} and API ${stack.apiUrl}`);
    const run = runScenario(stack, cast, { scenario: name, seed, faults, say });
    return await Promise.race([run, stack.failed, interrupted.then(() => undefined)]);
  } finally {
    await page?.stop();
    await stack.stop();
  }
}

/** The outcome for a person. */
function describe(outcome: ScenarioOutcome): string {
  const lines = outcome.checks.map(
    ({ check, ok, detail }) => `${ok ? '  ok  ' : '  NOT '} ${check}: ${detail}`,
  );
  const verdict = outcome.ok ? 'reconciles' : 'does NOT reconcile';
  return [
    `${outcome.scenario}, seed ${outcome.seed}: ${verdict} (${outcome.seconds.toFixed(0)} s)`,
    ...lines,
  ].join('\n');
}
