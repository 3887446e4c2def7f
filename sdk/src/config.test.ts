import { describe, expect, test } from 'vitest';
import { type Environment, readConfig, type TrailgateOptions } from './config.ts';

const OPTIONS: TrailgateOptions = { service: 'orders' };

function wrong(change: object): TrailgateOptions {
  return { ...OPTIONS, ...change };
}

describe('config', () => {
  test('defaults', () => {
    expect(readConfig(OPTIONS, {})).toMatchObject({
      disabled: false,
      rate: 0.01,
      slowMs: 3000,
      logFloor: 'DEBUG',
      platformFloor: 'TRACE',
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
    expect(readConfig({ ...OPTIONS, sampling: { rate: 0 } }, env)).toMatchObject({ rate: 0, slowMs: 100 });
  });

  test.each([
    [{ LOG_LEVEL: 'warn' }, 'WARN', 'TRACE'],
    [{ LOG_LEVEL: 'debug', AWS_LAMBDA_LOG_LEVEL: 'INFO' }, 'INFO', 'INFO'],
    [{ LOG_LEVEL: 'nonsense' }, 'DEBUG', 'TRACE'],
  ])('%j lets lines pass from %s', (env, logFloor, platformFloor) => {
    expect(readConfig(OPTIONS, env)).toMatchObject({ logFloor, platformFloor });
  });

  test.each([
    [wrong({ service: '' }), {}, 'service: expected a name of 1 to 128 characters, got ""'],
    [wrong({ service: 7 }), {}, 'service: expected a name of 1 to 128 characters, got 7'],
    [wrong({ sampling: { rate: 1.5 } }), {}, 'sampling.rate: expected a number from 0 to 1, got 1.5'],
    [wrong({ sampling: { rate: '0.5' } }), {}, 'sampling.rate: expected a number from 0 to 1, got "0.5"'],
    [wrong({ sampling: { slowMs: 0 } }), {}, 'sampling.slowMs: expected a number from 1 to 900000, got 0'],
    [wrong({ limiter: {} }), {}, 'limiter: expected an object with a method decide, got object'],
    [wrong({ ports: { clock: 5 } }), {}, 'ports.clock: expected a function, got 5'],
    [
      OPTIONS,
      { TRAILGATE_SAMPLE_RATE: 'all' },
      'TRAILGATE_SAMPLE_RATE: expected a number from 0 to 1, got "all"',
    ],
  ])('what is wrong is named (%#)', (options, env, message) => {
    expect(() => readConfig(options, env)).toThrow(
      expect.objectContaining({ name: 'TrailgateConfigError', code: 'TRAILGATE_CONFIG', message }),
    );
  });
});
