/** The `trailgate` command: finds the subcommand, runs it, and turns what it throws into one sentence and an exit code. */
import { UsageError } from './usage-error.ts';

const USAGE = `usage: npm run -s trailgate -- COMMAND [options]

  start [--port N] [--api-port N] [--data DIR] [--opensearch URL] [--play NAME]
      the whole loop here, with a console page; Ctrl-C ends it
      --opensearch: documents go to that OpenSearch (http://USER:PASSWORD@HOST where it has users) instead of a file
      --play: with honest users, and an attack, of scenario NAME

  scenario NAME [--json] [--seed N] [--fault NAME]…
      plays calm, credential-stuffing or noisy-client on a stack of its own and exits 0 only if everything reconciles
      faults: deliver-twice, kill-collector, kill-detector, kill-instance

  replay FILE… [--group NAME] [--index FILE.sqlite]
      sends log files (JSON lines or text, plain or .gz, or a captured subscription record) through the collector
      as log group NAME, and prints what was indexed where and what was quarantined and why

  capacity --rps N [--sample-rate P] [--errors-share P] [--trail-share P] [--lines N] [--bytes N] [--duration-ms N]
      [--instances N] [--services N] [--business-days N] [--trail-days N] [--memory MB] [--region R] [--no-platform-lines]
      [--measure] [--json]
      how many shards, functions and data nodes a load takes on AWS, what they cost a month, and which limit bites first
      --measure: with the CPU that a line and a signal take on this machine

  index apply|diff --url URL [--region R [--service es|aoss]] [--user U --password-env NAME] [--dry-run] [--force] [--json]
      [--preset single|standard|large] [--shards N] [--replicas N] [--refresh-seconds N]
      [--business-days N] [--trail-days N] [--warm-days N] [--tenant NAME]… [--map AUDIENCE=BACKEND_ROLE]…
      brings an OpenSearch to this release's schema and prints what was done; diff writes nothing and exits 1 if anything
      differs

  quarantine list|show ID|replay ID…|--all   --data DIR | --s3 s3://BUCKET/PREFIX [--region R] [--endpoint URL]
      [--reason TEXT] [--since T] [--group G] [--json]; replay: [--dry-run] [--rate N/s] [--index FILE.sqlite | --url URL]
      what was set aside or given up, and sending it again; exits 1 if any of it is still quarantined

  synth|deploy|destroy [--config trailgate.config.ts] [--out .trailgate/cdk.out] [--yes]
      synth writes the CloudFormation templates of the config, held to CloudFormation's schemas and cdk-nag's rules;
      deploy says what it would create and what that costs a month, asks, and creates it; destroy removes the stacks

  shop seed --users-table T --inventory-table T [--tenant main] [--user admin] [--role admin]… [--sku ARTICLE=STOCK]…
      [--region R] [--endpoint URL]
      gives a deployed shop a first user, whose password is shown once, and articles; leaves what is there as it is

  trail verify FILE… [--data DIR] [--key-file F | --key-env NAME] [--unordered] [--json]
      says whether the security trail in log files (plain or .gz), exports, documents or a stack's data folder is as it
      was written; exits 0 only if nothing was changed, removed, reordered or forged
      --unordered: the lines are in no order; documents never are
`;

type Command = (args: readonly string[]) => Promise<number>;

/** Each loaded when it is asked for: the CDK alone takes a second. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).start,
  scenario: async () => (await import('./scenario.ts')).scenario,
  replay: async () => (await import('./replay.ts')).replay,
  index: async () => (await import('./index-command.ts')).index,
  quarantine: async () => (await import('./quarantine.ts')).quarantine,
  trail: async () => (await import('./trail.ts')).trail,
  synth: async () => (await import('./synth.ts')).synth,
  deploy: async () => (await import('./deploy.ts')).deploy,
  destroy: async () => (await import('./destroy.ts')).destroy,
  shop: async () => (await import('./shop.ts')).shop,
  capacity: async () => (await import('./capacity.ts')).capacity,
};

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || rest.includes('--help') || name === '--help') {
    console.log(USAGE);
    return 0;
  }
  const command = COMMANDS[name];
  if (command === undefined) {
    throw new UsageError(`command: expected ${Object.keys(COMMANDS).join(', ')} or help, got "${name}"`);
  }
  const run = await command();
  return await run(rest);
}

let exitCode: number;
try {
  exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { code, message, stack } = error as Error & { code?: string };
  const usage = code === 'USAGE' || code?.startsWith('ERR_PARSE_ARGS') === true;
  // What has a code was foreseen and says what to do; anything else is a fault of ours.
  console.error(`trailgate: ${code === undefined ? stack : message}`);
  if (usage) console.error('\n"npm run -s trailgate -- help" lists the commands');
  exitCode = usage ? 2 : 1;
}
// A command that was cut short may have left clients and timers waiting for what will not come.
process.exit(exitCode);
