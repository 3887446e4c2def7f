/** Times what the SIGTERM extension costs a function: at its start, in fresh processes, and at its end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atLeast, atMost, type Row } from './report.ts';

const PROCESSES = 15;
/** Lambda kills a function with an internal extension this long after SIGTERM. */
const SHUTDOWN_MS = 500;
const REGISTER = new URL('../../sdk/src/extension/register-extension.ts', import.meta.url).href;
const SDK = new URL('../../sdk/src/index.ts', import.meta.url).href;

/** What a function does: registers while its module loads, and the runtime asks for an event right after. */
const STARTING = `
  const { registerExtension } = await import('${REGISTER}');
  if (process.argv[1] === 'loaded') await import('node:http');
  const net = await import('node:net');
  const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
  const begun = performance.now();
  const registration = registerExtension({ runtimeApi: host + ':' + port, name: 'trailgate' });
  const blockedMs = performance.now() - begun;
  setImmediate(() => {
    const runtime = net.connect(Number(port), host);
    runtime.end('GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n');
    runtime.on('error', () => {}).resume();
  });
  const { registered } = await registration;
  console.log(JSON.stringify({ registered, blockedMs, registeredMs: performance.now() - begun }));
`;
const ENDING = `
  const { createTrailgate } = await import('${SDK}');
  const trailgate = createTrailgate({ service: 'orders' });
  const handler = trailgate.wrap(async () => ({ statusCode: 200 }));
  await handler({ resource: '/', httpMethod: 'GET' }, { awsRequestId: 'r', functionName: 'f' });
  await handler({ resource: '/', httpMethod: 'GET' }, { awsRequestId: 'r', functionName: 'f' });
  setInterval(() => {}, 1000);
  process.stderr.write('ready');
`;

interface Start {
  readonly registered: boolean;
  readonly blockedMs: number;
  readonly registeredMs: number;
}

export async function extensionRows(): Promise<readonly Row[]> {
  const fresh = await starts('fresh');
  const loaded = await starts('loaded');
  const all = [...fresh, ...loaded];
  return [
    atMost('extension: call, node:http not loaded yet, median', median(fresh, 'blockedMs'), 'ms', 25),
    atMost('extension: call, node:http loaded, median', median(loaded, 'blockedMs'), 'ms', 15),
    atMost(
      'extension: until registered, node:http not loaded yet, median',
      median(fresh, 'registeredMs'),
      'ms',
      60,
    ),
    atMost('extension: until registered, node:http loaded, median', median(loaded, 'registeredMs'), 'ms', 40),
    atLeast(
      'extension: registrations in time, although nobody waits for them',
      (100 * all.filter(({ registered }) => registered).length) / all.length,
      '%',
      100,
    ),
    atMost('extension: SIGTERM until written and ended, worst', await worstEnd(), 'ms', SHUTDOWN_MS),
  ];
}

async function starts(http: 'fresh' | 'loaded'): Promise<readonly Start[]> {
  const found: Start[] = [];
  for (let process = 0; process < PROCESSES; process += 1) found.push(await start(http));
  return found;
}

/** One process against a Runtime API of its own. */
async function start(http: string): Promise<Start> {
  let open = true;
  const api = createServer((request, response) => {
    if (request.url === '/2018-06-01/runtime/invocation/next') open = false;
    if (request.url !== '/2020-01-01/extension/register') return;
    if (open) response.setHeader('Lambda-Extension-Identifier', 'x').end('{}');
    else response.writeHead(403).end('{"errorType":"Extension.RegistrationClosed"}');
  });
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
  const child = run(STARTING, http, `127.0.0.1:${(api.address() as AddressInfo).port}`);
  const line = (await once(child.stdout ?? child, 'data')) as [Buffer];
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  await ended;
  api.closeAllConnections();
  api.close();
  return JSON.parse(line[0].toString()) as Start;
}

async function worstEnd(): Promise<number> {
  let worst = 0;
  for (let process = 0; process < PROCESSES; process += 1) {
    const child = run(ENDING, '', '');
    await once(child.stderr ?? child, 'data');
    const begun = performance.now();
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    await closed;
    worst = Math.max(worst, performance.now() - begun);
  }
  return round(worst);
}

function run(program: string, argument: string, runtimeApi: string): ChildProcess {
  return spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program, argument],
    {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        AWS_LAMBDA_FUNCTION_NAME: 'orders',
        AWS_LAMBDA_RUNTIME_API: runtimeApi,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
}

function median(found: readonly Start[], of: 'blockedMs' | 'registeredMs'): number | null {
  const sorted = found.map((one) => one[of]).sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle === undefined ? null : round(middle);
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
