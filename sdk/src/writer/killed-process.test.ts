import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readHead } from '../wire/head.ts';

const run = promisify(execFile);
const SDK = new URL('../index.ts', import.meta.url).href;
const NO_WARNINGS = '--disable-warning=ExperimentalWarning';

/** Runs a module in a process whose standard output is a real pipe with a reader that stalls first. */
async function linesOf(program: string): Promise<string[]> {
  const { stdout } = await run(
    'sh',
    ['-c', `"$0" ${NO_WARNINGS} --input-type=module -e "$1" | (sleep 0.5; cat)`, process.execPath, program],
    {
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, NODE_OPTIONS: '', AWS_LAMBDA_FUNCTION_NAME: 'orders' },
    },
  );
  return stdout.trimEnd().split('\n');
}

function sequence(lines: readonly string[]): number[] {
  return lines.map((line) => {
    JSON.parse(line);
    const head = readHead(line);
    return head.is === 'record' ? head.head.seq : -1;
  });
}

describe('a process that is killed right after the handler', () => {
  test.each([
    ['', 'a blocking pipe'],
    ['process.stdout.fd;', 'a pipe that something has made non-blocking'],
  ])('loses no line of 1000 (%#, %s)', async (before) => {
    const lines = await linesOf(`
      import { createTrailgate } from '${SDK}';
      ${before}
      const trailgate = createTrailgate({ service: 'orders' });
      const handler = trailgate.wrap(async () => {
        for (let i = 0; i < 1000; i++) trailgate.log.warn('line ' + i, { filler: 'x'.repeat(300) });
        return { statusCode: 200 };
      });
      await handler({ resource: '/', httpMethod: 'GET' }, { awsRequestId: 'r', functionName: 'f' });
      process.kill(process.pid, 'SIGKILL');
    `);
    expect(lines.filter((line) => line.includes('"message":"line ')).length).toBe(1000);
    expect(sequence(lines)).toEqual(lines.map((_, i) => i));
  });
});

describe('a process that is asked to end', () => {
  test('writes what was counted and then ends by the signal', async () => {
    const lines = await linesOf(`
      import { createTrailgate } from '${SDK}';
      // A request that is sampled would be a line more.
      const trailgate = createTrailgate({ service: 'orders', sampling: { rate: 0 } });
      const handler = trailgate.wrap(async () => ({ statusCode: 200 }));
      const context = { awsRequestId: 'r', functionName: 'f' };
      for (let i = 0; i < 3; i++) await handler({ resource: '/', httpMethod: 'GET' }, context);
      setInterval(() => {}, 1000);
      process.kill(process.pid, 'SIGTERM');
    `);
    expect(sequence(lines)).toEqual([0, 1, 2]);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ rollup: { invocations: 3 } });
  });
});
