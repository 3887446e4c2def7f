import { describe, expect, test } from 'vitest';
import { TrailgateConfigError } from '../errors.ts';
import { readTracingEnvironment } from './config.ts';
import { type OtelTracingOptions, readTracingOptions } from './tracing-options.ts';

describe('the environment', () => {
  test('describes the function as the conventions want', () => {
    const { attributes } = readTracingEnvironment({
      AWS_LAMBDA_FUNCTION_NAME: 'orders',
      AWS_LAMBDA_FUNCTION_VERSION: '7',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_LAMBDA_LOG_STREAM_NAME: '2026/11/23/[7]abc',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/orders',
      AWS_REGION: 'eu-west-1',
    });
    expect(attributes).toEqual({
      'service.name': 'orders',
      'cloud.provider': 'aws',
      'cloud.platform': 'aws_lambda',
      'cloud.region': 'eu-west-1',
      'faas.name': 'orders',
      'faas.version': '7',
      'faas.instance': '2026/11/23/[7]abc',
      'faas.max_memory': 536_870_912,
      'aws.log.group.names': ['/aws/lambda/orders'],
    });
  });

  test('OTEL_SERVICE_NAME wins over OTEL_RESOURCE_ATTRIBUTES, which wins over the function', () => {
    const env = {
      AWS_LAMBDA_FUNCTION_NAME: 'fn',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=listed,team=a%20b, ,=x,deployment.environment.name = prod',
    };
    expect(readTracingEnvironment(env).attributes).toMatchObject({
      'service.name': 'listed',
      team: 'a b',
      'deployment.environment.name': 'prod',
    });
    expect(readTracingEnvironment({ ...env, OTEL_SERVICE_NAME: 'named' }).attributes).toMatchObject({
      'service.name': 'named',
    });
  });

  test('attributes that cannot be decoded are let go, all of them', () => {
    expect(readTracingEnvironment({ OTEL_RESOURCE_ATTRIBUTES: 'a=1,b=%E0%A4%A' }).attributes).toEqual({});
  });

  test.each([{ OTEL_SDK_DISABLED: 'True' }, { OTEL_TRACES_EXPORTER: 'none' }, { TRAILGATE_DISABLED: '1' }])(
    '%o turns tracing off',
    (env) => {
      expect(readTracingEnvironment(env).disabled).toBe(true);
      expect(readTracingEnvironment({}).disabled).toBe(false);
    },
  );
});

describe('options', () => {
  test.each<[string, OtelTracingOptions]>([
    ['endpoint', { endpoint: 'collector:4318' }],
    ['flushMs', { flushMs: -1 }],
    ['maxSpans', { maxSpans: 0 }],
    ['maxBytes', { maxBytes: 1.5 }],
    ['service', { service: '' }],
    ['attributes.team', { attributes: { team: {} as string } }],
  ])('a wrong %s is named', (name, options) => {
    expect(() => readTracingOptions(options, readTracingEnvironment({}))).toThrow(
      expect.objectContaining({ name: 'TrailgateConfigError', field: name }),
    );
  });

  test('an endpoint with a credential in it is not repeated by the error', () => {
    const wrong = { endpoint: 'ftp://user:hunter2@collector' };
    expect(() => readTracingOptions(wrong, readTracingEnvironment({}))).toThrow(TrailgateConfigError);
    expect(() => readTracingOptions(wrong, readTracingEnvironment({}))).not.toThrow(/hunter2/);
  });
});
