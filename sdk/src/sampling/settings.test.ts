import { describe, expect, test } from 'vitest';
import { TrailgateConfigError } from '../errors.ts';
import { readSampling, type SamplingOptions } from './settings.ts';

function faultOf(options: unknown, env: Record<string, string> = {}): string {
  try {
    readSampling(options as SamplingOptions, env);
  } catch (error) {
    if (error instanceof TrailgateConfigError) return error.message;
    throw error;
  }
  return 'none';
}

describe('sampling settings', () => {
  test('have defaults for everything', () => {
    expect(readSampling(undefined, {})).toEqual({
      rates: { trace: 0, debug: 0, info: 0.01, warn: 1 },
      rules: [],
      slowMs: 3000,
      adaptiveSlow: true,
      ceiling: { bytesPerSecond: 65_536, burstBytes: 1_048_576 },
    });
  });

  test('take options before variables', () => {
    const env = { TRAILGATE_SAMPLE_RATE: '0.5', TRAILGATE_SLOW_MS: '100' };
    expect(readSampling({}, env)).toMatchObject({ rates: { info: 0.5 }, slowMs: 100 });
    expect(readSampling({ rate: 0, slowMs: 7 }, env)).toMatchObject({ rates: { info: 0 }, slowMs: 7 });
    expect(readSampling({}, { TRAILGATE_SAMPLE_RATE: '' })).toMatchObject({ rates: { info: 0.01 } });
  });

  test('take the rate of a level before the rate of all detail', () => {
    const read = readSampling({ rate: 0.2, levels: { info: 0.3, debug: 0.1, warn: 0.9 } }, {});
    expect(read.rates).toEqual({ trace: 0, debug: 0.1, info: 0.3, warn: 0.9 });
  });

  test('have no ceiling, or one of which a part is said', () => {
    expect(readSampling({ ceiling: false }, {}).ceiling).toBeUndefined();
    expect(readSampling({ ceiling: { bytesPerSecond: 10 } }, {}).ceiling).toEqual({
      bytesPerSecond: 10,
      burstBytes: 1_048_576,
    });
  });

  test.each([
    [{ rate: 2 }, 'sampling.rate: expected a number from 0 to 1, got 2'],
    [{ rate: '0.1' }, 'sampling.rate: expected a number from 0 to 1, got "0.1"'],
    [{ rate: Number.NaN }, 'sampling.rate: expected a number from 0 to 1, got NaN'],
    [{ slowMs: 0 }, 'sampling.slowMs: expected a number from 1 to 900000, got 0'],
    [{ adaptiveSlow: 1 }, 'sampling.adaptiveSlow: expected true or false, got 1'],
    [
      { levels: { error: 0 } },
      'sampling.levels.error: expected one of trace, debug, info, warn, got "error"',
    ],
    [{ levels: { debug: -1 } }, 'sampling.levels.debug: expected a number from 0 to 1, got -1'],
    [{ rules: {} }, 'sampling.rules: expected a list of at most 200 rules, got object'],
    [
      { rules: [{ rate: 1 }, null] },
      'sampling.rules[1]: expected an object of route, tenant, level, rate, got null',
    ],
    [
      { rules: [{ rate: 1 }, { rate: 1 }, { rate: 7 }] },
      'sampling.rules[2].rate: expected a number from 0 to 1, got 7',
    ],
    [
      { rules: [{ tennant: 'a', rate: 1 }] },
      'sampling.rules[0].tennant: expected one of route, tenant, level, rate, got "tennant"',
    ],
    [
      { rules: [{ route: 'GET /*/a', rate: 1 }] },
      'sampling.rules[0].route: expected a route, with * only at its end, got "GET /*/a"',
    ],
    [{ rules: [{ tenant: '', rate: 1 }] }, 'sampling.rules[0].tenant: expected the name of a tenant, got ""'],
    [
      { rules: [{ level: 'ERROR', rate: 1 }] },
      'sampling.rules[0].level: expected one of trace, debug, info, warn, got "ERROR"',
    ],
    [{ ceiling: true }, 'sampling.ceiling: expected false or an object, got true'],
    [
      { ceiling: { burstBytes: 10 } },
      'sampling.ceiling.burstBytes: expected a number from 65536 to 1073741824, got 10',
    ],
    [
      { rte: 1 },
      'sampling.rte: expected one of rate, levels, rules, slowMs, adaptiveSlow, ceiling, got "rte"',
    ],
    [7, 'sampling: expected an object of rate, levels, rules, slowMs, adaptiveSlow, ceiling, got 7'],
  ])('%j are refused by name', (options, message) => {
    expect(faultOf(options)).toBe(message);
  });

  test('name a wrong variable', () => {
    expect(faultOf({}, { TRAILGATE_SAMPLE_RATE: 'many' })).toBe(
      'TRAILGATE_SAMPLE_RATE: expected a number from 0 to 1, got "many"',
    );
    expect(faultOf({}, { TRAILGATE_SLOW_MS: ' ' })).toBe(
      'TRAILGATE_SLOW_MS: expected a number from 1 to 900000, got " "',
    );
  });
});
