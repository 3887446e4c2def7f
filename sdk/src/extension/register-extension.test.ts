import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { TrailgateConfigError } from '../errors.ts';
import { type ExtensionState, registerExtension } from './register-extension.ts';

interface Call {
  readonly method: string;
  readonly path: string;
  readonly name: string | undefined;
  readonly identifier: string | undefined;
  readonly body: string;
}

/**
 * The Extensions API of a function's Runtime API: names are taken once, registration closes when the runtime asks
 * for its first event, SHUTDOWN is refused, and the next event is never answered.
 */
async function runtimeApi(): Promise<{
  readonly address: string;
  readonly calls: Call[];
  readonly server: Server;
  called(path: string): Promise<Call>;
}> {
  const calls: Call[] = [];
  const waiting: (() => void)[] = [];
  const names = new Set<string>();
  let open = true;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const name = headers['lambda-extension-name'] as string | undefined;
      const identifier = headers['lambda-extension-identifier'] as string | undefined;
      const call = { method, path, name, identifier, body };
      calls.push(call);
      for (const wake of waiting.splice(0)) wake();
      const refuse = (errorType: string): void => {
        response.writeHead(403).end(JSON.stringify({ errorType }));
      };
      if (path === '/2018-06-01/runtime/invocation/next') {
        open = false;
      } else if (path === '/2020-01-01/extension/register') {
        const { events } = JSON.parse(body) as { events: string[] };
        if (!open) return refuse('Extension.RegistrationClosed');
        if (name === undefined || name === '') return refuse('Extension.InvalidExtensionName');
        if (events.includes('SHUTDOWN')) return refuse('ShutdownEventNotSupportedForInternalExtension');
        if (names.has(name)) return refuse('Extension.InvalidExtensionState');
        names.add(name);
        response.setHeader('Lambda-Extension-Identifier', `id-of-${name}`);
        response.end('{"functionName":"f"}');
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  opened.push(server);
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    server,
    async called(path) {
      for (;;) {
        const call = calls.find((one) => one.path === path);
        if (call !== undefined) return call;
        await new Promise<void>((wake) => waiting.push(wake));
      }
    },
  };
}

const REGISTER = '/2020-01-01/extension/register';
const NEXT = '/2020-01-01/extension/event/next';
const opened: Server[] = [];

afterEach(() => {
  for (const server of opened.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('a registration', () => {
  test('has no events and then says that it is ready', async () => {
    const api = await runtimeApi();
    expect(await registerExtension({ runtimeApi: api.address, name: 'trailgate' })).toEqual({
      registered: true,
    });
    const { method, name, body } = await api.called(REGISTER);
    expect({ method, name, body }).toEqual({ method: 'POST', name: 'trailgate', body: '{"events":[]}' });
    expect(await api.called(NEXT)).toMatchObject({ method: 'GET', identifier: 'id-of-trailgate' });
    expect(api.calls).toHaveLength(2);
  });

  test('that Lambda refuses says why', async () => {
    const { address: runtime, called } = await runtimeApi();
    const options = { runtimeApi: runtime, name: 'trailgate' };
    await registerExtension(options);
    expect(await registerExtension(options)).toEqual({
      registered: false,
      reason: '403 {"errorType":"Extension.InvalidExtensionState"}',
    });
    const next = fetch(`http://${runtime}/2018-06-01/runtime/invocation/next`).catch(() => 'closed');
    await called('/2018-06-01/runtime/invocation/next');
    expect(await registerExtension({ ...options, name: 'late' })).toMatchObject({
      reason: '403 {"errorType":"Extension.RegistrationClosed"}',
    });
    for (const server of opened) server.closeAllConnections();
    expect(await next).toBe('closed');
  });

  test('where nobody listens does not reject', async () => {
    const { address, server } = await runtimeApi();
    await new Promise((done) => server.close(done));
    const state = await registerExtension({ runtimeApi: address, name: 'trailgate' });
    expect(state).toMatchObject({ registered: false, reason: expect.stringContaining('ECONNREFUSED') });
  });

  test.each(['', 'no host:x', ':', '127.0.0.1:99999'])(
    'at the address %j does not reject',
    async (address) => {
      expect((await registerExtension({ runtimeApi: address, name: 'trailgate' })).registered).toBe(false);
    },
  );

  test('that is not answered is given up, and still made ready when the answer comes', async () => {
    let answer = (): void => {};
    const api = await runtimeApi();
    const slow = createServer((request, response) => {
      if (request.url === NEXT) return void api.calls.push({ method: 'GET', path: NEXT } as Call);
      answer = () => response.setHeader('Lambda-Extension-Identifier', 'x').end();
      giveUp();
    });
    await new Promise<void>((done) => slow.listen(0, '127.0.0.1', done));
    opened.push(slow);
    let giveUp = (): void => {};
    const runtime = `127.0.0.1:${(slow.address() as AddressInfo).port}`;
    const timer = (work: () => void, ms: number): object => {
      expect(ms).toBe(1000);
      giveUp = work;
      return {};
    };
    expect(await registerExtension({ runtimeApi: runtime, name: 'trailgate', timer })).toEqual({
      registered: false,
      reason: `no answer from ${runtime} within 1000 ms`,
    });
    answer();
    while (api.calls.length === 0) await new Promise((done) => setTimeout(done, 5));
    expect(api.calls[0]?.path).toBe(NEXT);
  });

  test.each(['', 'a b', 'x'.repeat(129), 'a\r\nb'])('needs a name that can be one: %j', (name) => {
    expect(() => registerExtension({ runtimeApi: '127.0.0.1:1', name })).toThrow(TrailgateConfigError);
  });
});

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a module in a process of its own, as Lambda runs a function. */
function child(
  program: string,
  runtime: string,
): { readonly kill: () => void; readonly ended: Promise<Ended> } {
  const started = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program],
    {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        AWS_LAMBDA_FUNCTION_NAME: 'orders',
        AWS_LAMBDA_RUNTIME_API: runtime,
      },
    },
  );
  let [stdout, stderr] = ['', ''];
  started.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  started.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return {
    kill: () => started.kill('SIGTERM'),
    ended: new Promise((resolve) =>
      started.on('close', (code, signal) => resolve({ code, signal, stdout, stderr })),
    ),
  };
}

const HERE = new URL('./register-extension.ts', import.meta.url).href;
const SDK = new URL('../index.ts', import.meta.url).href;

describe('a process', () => {
  const register = `
    import { registerExtension } from '${HERE}';
    const registration = registerExtension({ runtimeApi: process.env.AWS_LAMBDA_RUNTIME_API, name: 'trailgate' });
  `;

  test('that has nothing else to do ends, and has said nothing', async () => {
    const { address, called } = await runtimeApi();
    const { ended } = child(register, address);
    await called(REGISTER);
    expect(await ended).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
  });

  test('can wait for the registration at its top level', async () => {
    const { address } = await runtimeApi();
    const { ended } = child(`${register} console.log(JSON.stringify(await registration));`, address);
    const { stdout, code } = await ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout) as ExtensionState).toEqual({ registered: true });
  });

  test('does not notice that the Runtime API goes away', async () => {
    const { address, called, server } = await runtimeApi();
    const { ended } = child(
      `${register} await registration; setTimeout(() => console.log('alive'), 300);`,
      address,
    );
    await called(NEXT);
    server.closeAllConnections();
    server.close();
    expect(await ended).toEqual({ code: 0, signal: null, stdout: 'alive\n', stderr: '' });
  });

  test('that is registered gets SIGTERM, writes what it has counted and ends', async () => {
    const { address, called } = await runtimeApi();
    const { kill, ended } = child(
      `${register}
      import { createTrailgate } from '${SDK}';
      const trailgate = createTrailgate({ service: 'orders' });
      const handler = trailgate.wrap(async () => ({ statusCode: 200 }));
      const context = { awsRequestId: 'r', functionName: 'f' };
      for (let i = 0; i < 3; i++) await handler({ resource: '/', httpMethod: 'GET' }, context);
      // The runtime waits for its next event, as it does between two invocations.
      fetch('http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/next');`,
      address,
    );
    const died = ended.then(({ stderr }) => {
      throw new Error(`ended too soon: ${stderr}`);
    });
    await Promise.race([Promise.all([called(NEXT), called('/2018-06-01/runtime/invocation/next')]), died]);
    died.catch(() => {});
    kill();
    const { signal, stdout, stderr } = await ended;
    expect({ signal, stderr }).toEqual({ signal: 'SIGTERM', stderr: '' });
    const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { rollup: object };
    expect(last.rollup).toMatchObject({ invocations: 3 });
  });
});
