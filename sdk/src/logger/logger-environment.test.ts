import { describe, expect, test } from 'vitest';
import { TrailgateConfigError } from '../errors.ts';
import { readLoggerEnvironment } from './logger-environment.ts';

describe('logger environment', () => {
  test.each<[Record<string, string>, string | undefined]>([
    [{}, undefined],
    [{ LOG_LEVEL: 'warn' }, 'WARN'],
    [{ LOG_LEVEL: 'warn', POWERTOOLS_LOG_LEVEL: 'ERROR' }, 'ERROR'],
    [{ LOG_LEVEL: 'warn', POWERTOOLS_LOG_LEVEL: 'CRITICAL', TRAILGATE_LOG_LEVEL: 'debug' }, 'DEBUG'],
    [{ LOG_LEVEL: 'loud' }, undefined],
    [{ LOG_LEVEL: 'info', POWERTOOLS_LOG_LEVEL: 'loud' }, 'INFO'],
    [{ TRAILGATE_LOG_LEVEL: '', LOG_LEVEL: 'info' }, 'INFO'],
    [{ TRAILGATE_LOG_LEVEL: 'debug', AWS_LAMBDA_LOG_LEVEL: 'WARN' }, 'DEBUG'],
    [{ LOG_LEVEL: 'error', AWS_LAMBDA_LOG_LEVEL: 'WARN' }, 'ERROR'],
    [{ AWS_LAMBDA_LOG_LEVEL: 'WARN' }, undefined],
  ])('%j asks for %s', (env, level) => {
    expect(readLoggerEnvironment(env).level).toBe(level);
  });

  test('the platform’s level is told apart', () => {
    expect(readLoggerEnvironment({ AWS_LAMBDA_LOG_LEVEL: 'ERROR' }).platformFloor).toBe('ERROR');
    expect(readLoggerEnvironment({}).platformFloor).toBe('TRACE');
  });

  test.each<[Record<string, string>, string | undefined]>([
    [{ POWERTOOLS_SERVICE_NAME: 'pay', OTEL_SERVICE_NAME: 'otel' }, 'pay'],
    [{ POWERTOOLS_SERVICE_NAME: ' ', OTEL_SERVICE_NAME: 'otel' }, 'otel'],
    [{ POWERTOOLS_SERVICE_NAME: 'x'.repeat(129) }, undefined],
    [{}, undefined],
  ])('%j names the service %s', (env, service) => {
    expect(readLoggerEnvironment(env).service).toBe(service);
  });

  test.each([
    ['0.05', 0.05],
    ['0', 0],
    ['1', 1],
    ['5', undefined],
    ['much', undefined],
    ['', undefined],
  ])('the sample rate %j is %s', (text, rate) => {
    expect(readLoggerEnvironment({ POWERTOOLS_LOGGER_SAMPLE_RATE: text }).sampleRate).toBe(rate);
  });

  test('a level of our own that is none is named', () => {
    expect(() => readLoggerEnvironment({ TRAILGATE_LOG_LEVEL: 'loud' })).toThrow(
      new TrailgateConfigError(
        'TRAILGATE_LOG_LEVEL',
        'trace, debug, info, warn, error, fatal or silent',
        'loud',
      ),
    );
  });
});
