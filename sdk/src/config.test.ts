import { describe, expect, test } from 'vitest';
import { type Environment, readConfig, type TrailgateOptions } from './config.ts';
import { createTrailgate } from './trailgate.ts';

const OPTIONS: TrailgateOptions = { service: 'orders' };

function wrong(change: object): TrailgateOptions {
  return { ...OPTIONS, ...change };
}

describe('settings', () => {
  test('where nothing is said', () => {
    expect(readConfig(OPTIONS, {})).toMatchObject({
      disabled: false,
      sampling: {
        rates: { trace: 0, debug: 0, info: 0.01, warn: 1 },
        rules: [],
        slowMs: 3000,
        adaptiveSlow: true,
        ceiling: { bytesPerSecond: 65_536, burstBytes: 1_048_576 },
      },
      logFloor: 'DEBUG',
      platformFloor: 'TRACE',
      memoryBytes: Number.POSITIVE_INFINITY,
      runtimeApi: undefined,
      functionName: undefined,
    });
  });

  test('options win over variables, variables over defaults', () => {
    const env: Environment = {
      TRAILGATE_SAMPLE_RATE: '0.5',
      TRAILGATE_SLOW_MS: '100',
      TRAILGATE_DISABLED: '1',
    };
    expect(readConfig(OPTIONS, env)).toMatchObject({
      sampling: { rates: { info: 0.5 }, slowMs: 100 },
      disabled: true,
    });
    expect(readConfig({ ...OPTIONS, sampling: { rate: 0 } }, env)).toMatchObject({
      sampling: { rates: { info: 0 }, slowMs: 100 },
    });
  });

  test.each<[Environment, string]>([
    [
      {
        TRAILGATE_SERVICE: 'a',
        POWERTOOLS_SERVICE_NAME: 'b',
        OTEL_SERVICE_NAME: 'c',
        AWS_LAMBDA_FUNCTION_NAME: 'd',
      },
      'a',
    ],
    [{ POWERTOOLS_SERVICE_NAME: 'b', OTEL_SERVICE_NAME: 'c', AWS_LAMBDA_FUNCTION_NAME: 'd' }, 'b'],
    [{ TRAILGATE_SERVICE: '', OTEL_SERVICE_NAME: 'c', AWS_LAMBDA_FUNCTION_NAME: 'd' }, 'c'],
    [{ AWS_LAMBDA_FUNCTION_NAME: 'd' }, 'd'],
  ])('the service of %j is %s', (env, service) => {
    expect(readConfig({}, env).service).toBe(service);
  });

  test.each([
    [{ LOG_LEVEL: 'warn' }, 'WARN', 'TRACE'],
    [{ LOG_LEVEL: 'debug', AWS_LAMBDA_LOG_LEVEL: 'INFO' }, 'DEBUG', 'INFO'],
    [{ LOG_LEVEL: 'nonsense' }, 'DEBUG', 'TRACE'],
  ])('%j lets lines pass from %s', (env, logFloor, platformFloor) => {
    expect(readConfig(OPTIONS, env)).toMatchObject({ logFloor, platformFloor });
  });

  test.each([
    [{}, {}, ''],
    [{}, { TRAILGATE_CLIENT_ADDRESS_HEADER: '' }, ''],
    [{}, { TRAILGATE_CLIENT_ADDRESS_HEADER: 'X-Client-Address' }, 'x-client-address'],
    [{ clientAddressHeader: 'X-Real' }, { TRAILGATE_CLIENT_ADDRESS_HEADER: 'x-client-address' }, 'x-real'],
    [{ clientAddressHeader: '' }, { TRAILGATE_CLIENT_ADDRESS_HEADER: 'x-client-address' }, ''],
  ])('%j and %j take the client’s address from header "%s"', (options, env, header) => {
    expect(readConfig({ ...OPTIONS, ...options }, env).clientAddressHeader).toBe(header);
  });

  test('a port that is undefined is the system’s own', () => {
    expect(readConfig({ ...OPTIONS, ports: { clock: undefined } as object }, {}).ports.clock).toBe(Date.now);
  });

  test('of the platform are read inside Lambda', () => {
    const env: Environment = {
      AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    };
    expect(readConfig(OPTIONS, env)).toMatchObject({
      runtimeApi: '127.0.0.1:9001',
      memoryBytes: 134_217_728,
    });
  });
});

const SHARE = 'expected a number from 0 to 1';

describe('what is wrong is named, with what was expected and what came', () => {
  test.each<[object, string]>([
    [{ service: '' }, 'service: expected a name of 1 to 128 characters, got ""'],
    [{ service: 7 }, 'service: expected a name of 1 to 128 characters, got 7'],
    [
      { service: 'x'.repeat(129) },
      `service: expected a name of 1 to 128 characters, got "${'x'.repeat(40)}"`,
    ],
    [{ servce: 'orders' }, 'servce: expected one of service, '],
    [{ clientAddressHeader: 'two words' }, 'clientAddressHeader: expected a header name, got "two words"'],
    [{ clientAddressHeader: true }, 'clientAddressHeader: expected a header name, got true'],
    [{ logLevel: 'loud' }, 'logLevel: expected trace, debug, info, warn, error, fatal or silent, got "loud"'],
    [{ logLevel: 30 }, 'logLevel: expected trace, debug, info, warn, error, fatal or silent, got 30'],
    [{ sampling: 0.5 }, 'sampling: expected an object of rate, '],
    [{ sampling: null }, 'sampling: expected an object of rate, '],
    [{ sampling: { rates: 1 } }, 'sampling.rates: expected one of rate, '],
    [{ sampling: { rate: 1.5 } }, `sampling.rate: ${SHARE}, got 1.5`],
    [{ sampling: { rate: -0.1 } }, `sampling.rate: ${SHARE}, got -0.1`],
    [{ sampling: { rate: Number.NaN } }, `sampling.rate: ${SHARE}, got NaN`],
    [{ sampling: { rate: '0.5' } }, `sampling.rate: ${SHARE}, got "0.5"`],
    [{ sampling: { slowMs: 0 } }, 'sampling.slowMs: expected a number from 1 to 900000, got 0'],
    [{ sampling: { adaptiveSlow: 'yes' } }, 'sampling.adaptiveSlow: expected true or false, got "yes"'],
    [{ sampling: { levels: [] } }, 'sampling.levels: expected an object of trace, debug, info, '],
    [
      { sampling: { levels: { error: 0 } } },
      'sampling.levels.error: expected one of trace, debug, info, warn, got "error"',
    ],
    [{ sampling: { levels: { debug: 2 } } }, `sampling.levels.debug: ${SHARE}, got 2`],
    [{ sampling: { rules: {} } }, 'sampling.rules: expected a list of at most 200 rules, got object'],
    [{ sampling: { rules: [{ rate: 1 }, { rate: 7 }] } }, `sampling.rules[1].rate: ${SHARE}, got 7`],
    [
      { sampling: { rules: [{ rate: 1, path: '/' }] } },
      'sampling.rules[0].path: expected one of route, tenant, level, rate',
    ],
    [{ sampling: { rules: [{ rate: 1, route: 'a*b' }] } }, 'sampling.rules[0].route: expected a route'],
    [
      { sampling: { rules: [{ rate: 1, tenant: '' }] } },
      'sampling.rules[0].tenant: expected the name of a tenant, got ""',
    ],
    [{ sampling: { ceiling: true } }, 'sampling.ceiling: expected false or an object, got true'],
    [
      { sampling: { ceiling: { bytesPerSecond: 0 } } },
      'sampling.ceiling.bytesPerSecond: expected a number from 1',
    ],
    [
      { sampling: { ceiling: { burstBytes: 10 } } },
      'sampling.ceiling.burstBytes: expected a number from 65536',
    ],
    [{ redaction: 'all' }, 'redaction: expected an object with a method text, got "all"'],
    [{ redaction: { names: ['x'] } }, 'redaction: expected an object with a method text, got object'],
    [{ limiter: {} }, 'limiter: expected an object with a method decide, got object'],
    [{ routeClass: 'default' }, 'routeClass: expected a function, got "default"'],
    [{ trailKey: { id: 'x' } }, 'trailKey: expected an object with a method load, got object'],
    [{ metrics: 'Shop' }, 'metrics: expected an object with a method lines, got "Shop"'],
    [{ tracing: true }, 'tracing: expected an object with a method begin, got true'],
    [{ extension: 1 }, 'extension: expected an object with a method register, got 1'],
    [{ ports: { clock: 5 } }, 'ports.clock: expected a function, got 5'],
    [{ ports: { write: null } }, 'ports.write: expected a function, got null'],
    [{ ports: { clok: () => 1 } }, 'ports.clok: expected one of clock, '],
    [{ ports: 7 }, 'ports: expected an object, got 7'],
  ])('options %j', (change, message) => {
    let thrown: unknown;
    try {
      createTrailgate(wrong(change));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: 'TrailgateConfigError', code: 'TRAILGATE_CONFIG' });
    expect((thrown as Error).message.slice(0, message.length)).toBe(message);
  });

  test.each<[Environment, string]>([
    [{ TRAILGATE_SAMPLE_RATE: 'all' }, `TRAILGATE_SAMPLE_RATE: ${SHARE}, got "all"`],
    [{ TRAILGATE_SAMPLE_RATE: ' ' }, `TRAILGATE_SAMPLE_RATE: ${SHARE}, got " "`],
    [{ TRAILGATE_SLOW_MS: '0' }, 'TRAILGATE_SLOW_MS: expected a number from 1 to 900000, got "0"'],
  ])('variables %j', (env, message) => {
    expect(() => readConfig(OPTIONS, env)).toThrow(
      expect.objectContaining({ name: 'TrailgateConfigError', code: 'TRAILGATE_CONFIG', message }),
    );
  });

  test.each([[null], [7], ['orders'], [() => 1]])('options that are %s', (options) => {
    expect(() => readConfig(options as never, {})).toThrow('options: expected an object');
  });

  test('no service at all', () => {
    expect(() => readConfig({}, {})).toThrow(
      'service: expected a name of 1 to 128 characters, got undefined',
    );
  });

  test('a secret that was put in the wrong place is not in the message', () => {
    expect(() => readConfig(wrong({ redaction: { hash: { key: 'hunter2', names: ['user'] } } }), {})).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });
});
