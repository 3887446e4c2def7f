/** `trailgate index`: brings an OpenSearch to the schema of this release, or says what that would change. */
import { applyIndexSetup, type ConnectOptions, connectOpenSearch } from '@trailgate/collectors/setup';
import { readIndexCall } from './index-command-options.ts';
import { describeSetup } from './index-command-report.ts';
import { UsageError } from './usage-error.ts';

/** 0 where all is as it should be, 1 where something failed; of `diff`, 1 also where something would change. */
export async function index(args: readonly string[]): Promise<number> {
  const call = readIndexCall(args);
  const client = connect(call.connect);
  try {
    const report = await applyIndexSetup(client, call.setup).catch(badOption);
    console.log(call.json ? JSON.stringify(report) : describeSetup(report));
    const wrong = call.verb === 'diff' ? ['failed', 'created', 'changed'] : ['failed'];
    return report.steps.some(({ status }) => wrong.includes(status)) ? 1 : 0;
  } finally {
    await client.close();
  }
}

function connect(options: ConnectOptions): ReturnType<typeof connectOpenSearch> {
  try {
    return connectOpenSearch(options);
  } catch (error) {
    return badOption(error);
  }
}

/** What the rooms below find wrong with an option was typed here. */
function badOption(error: unknown): never {
  const { code, message } = error as Error & { code?: string };
  if (code === 'INDEX_OPTIONS' || code === 'OPENSEARCH_OPTIONS') throw new UsageError(message);
  throw error;
}
