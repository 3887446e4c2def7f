import type { ScheduledEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { correlate } from '../correlation/correlation.ts';
import { readRequest } from './request.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;
const CARRIER = `{"traceparent":"${TRACEPARENT}","tracestate":"trailgate=keep","correlation_id":"order-17"}`;
const TAKEN = { traceparent: TRACEPARENT, tracestate: 'trailgate=keep', 'x-correlation-id': 'order-17' };
const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:Orders:run-1';
const bytes = (count: number): Uint8Array => new Uint8Array(count).fill(0xab);

const headersOf = (event: unknown, lambda?: unknown): object => readRequest(event, lambda).headers;

describe('EventBridge', () => {
  const event = (detail: unknown, source = 'com.acme.orders'): object => ({
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': 'OrderPlaced',
    source,
    account: '123456789012',
    time: '2017-12-22T18:43:48Z',
    region: 'eu-west-1',
    resources: [],
    detail,
  });

  test.each([
    ['as text', { _trailgate: CARRIER }],
    ['as an object', { _trailgate: JSON.parse(CARRIER) }],
  ])('the carrier is taken from the detail, %s', (_, detail) => {
    expect(headersOf(event(detail))).toEqual({
      ...TAKEN,
      'source-id': '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    });
  });

  test("without one all consumers share the event's id", () => {
    const { headers } = readRequest(event({ order: 17 }));
    expect(correlate(headers, bytes).correlationId).toBe('6a7e8feb-b491-4cf7-a9f1-bf3703467718');
  });

  test('S3 events share the id of the request that made them', () => {
    const detail = { bucket: { name: 'b' }, object: { key: 'k' }, 'request-id': 'N4N7GDK58NMKJ12R' };
    expect(headersOf(event(detail, 'aws.s3'))).toEqual({ 'source-id': 'N4N7GDK58NMKJ12R' });
  });

  test('a schedule has its own id', () => {
    const scheduled: ScheduledEvent = {
      id: 'cdc73f9d-aea9-11e3-9d5a-835b769c0d9c',
      version: '0',
      account: '123456789012',
      time: '1970-01-01T00:00:00Z',
      region: 'eu-west-1',
      resources: ['arn:aws:events:eu-west-1:123456789012:rule/my-schedule'],
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      detail: {},
    };
    expect(headersOf(scheduled)).toEqual({ 'source-id': 'cdc73f9d-aea9-11e3-9d5a-835b769c0d9c' });
  });
});

describe('direct invocation', () => {
  test("the client's context counts before the payload", () => {
    const lambda = { clientContext: { custom: { _trailgate: CARRIER } } };
    expect(headersOf({ _trailgate: '{"correlation_id":"other"}' }, lambda)).toEqual(TAKEN);
    expect(headersOf({}, { clientContext: { Custom: { traceparent: TRACEPARENT } } })).toEqual({
      traceparent: TRACEPARENT,
    });
  });

  test.each([
    [{ _trailgate: CARRIER, order: 17 }, TAKEN],
    [
      { traceparent: TRACEPARENT, tracestate: 'a=1' },
      { traceparent: TRACEPARENT, tracestate: 'a=1' },
    ],
    [
      {
        __context__: {
          'x-correlation-id': 'c',
          'debug-log-enabled': true,
          'call-chain-length': 2,
          'User-Agent': 'a',
        },
      },
      { 'x-correlation-id': 'c', 'debug-log-enabled': 'true', 'call-chain-length': '2' },
    ],
    [
      {
        _datadog: { 'x-datadog-trace-id': '5', 'x-datadog-parent-id': '6', 'x-datadog-sampling-priority': 1 },
      },
      { 'x-datadog-trace-id': '5', 'x-datadog-parent-id': '6', 'x-datadog-sampling-priority': '1' },
    ],
    [{ order: 17 }, {}],
    [[1, 2], {}],
    ['text', {}],
  ])('of %j', (event, expected) => {
    expect(headersOf(event)).toEqual(expected);
  });

  test('what counts more wins, and a tracestate never joins a foreign traceparent', () => {
    const event = {
      _datadog: { traceparent: 'dd', tracestate: 'dd=1', 'x-datadog-trace-id': '5' },
      __context__: { 'x-correlation-id': 'dazn', 'call-chain-length': 1 },
      traceparent: TRACEPARENT,
      _trailgate: '{"correlation_id":"ours"}',
    };
    expect(headersOf(event)).toEqual({
      'x-correlation-id': 'ours',
      traceparent: TRACEPARENT,
      'call-chain-length': '1',
      'x-datadog-trace-id': '5',
    });
  });
});

describe('Step Functions', () => {
  const context = {
    Execution: {
      Id: EXECUTION,
      Name: 'run-1',
      Input: { _trailgate: CARRIER },
      StartTime: '2026-01-01T00:00:00Z',
    },
    State: { Name: 'Charge', EnteredTime: '2026-01-01T00:00:01Z', RetryCount: 0 },
    StateMachine: { Id: 'arn:aws:states:eu-west-1:123456789012:stateMachine:Orders', Name: 'Orders' },
  };

  test.each([
    ['the context object', context],
    ['under Payload', { Payload: context }],
    ['under context', { order: 1, context }],
    ['under _datadog', { _datadog: { ...context, 'serverless-version': 'v1' } }],
  ])('%s names the execution, and the input carries on', (_, event) => {
    expect(headersOf(event)).toEqual({ ...TAKEN, 'source-id': 'Orders:run-1' });
  });

  test('all tasks of an execution share its id', () => {
    const id = (event: object): string => correlate(readRequest(event).headers, bytes).correlationId;
    expect(id({ executionArn: EXECUTION, order: 1 })).toBe('Orders:run-1');
    expect(id({ Execution: { Id: EXECUTION }, State: { Name: 'Ship' } })).toBe('Orders:run-1');
    const express = 'arn:aws:states:eu-west-1:123456789012:express:Orders:run-1:0b0c7f6a';
    expect(id({ ExecutionId: express })).toBe('Orders:run-1:0b0c7f6a');
  });

  test('an Execution that is none is payload', () => {
    expect(readRequest({ Execution: { Id: 'arn:aws:iam::1:user/x' } }).source).toBe('direct');
  });
});

describe('durable execution', () => {
  const arn =
    'arn:aws:lambda:eu-west-1:123456789012:function:orders:1/durable-execution/order-17/550e8400-e29b-41d4-a716-446655440004';
  const event = (input: object): object => ({
    DurableExecutionArn: arn,
    CheckpointToken: 'token',
    InitialExecutionState: {
      Operations: [
        {
          Id: '1',
          Type: 'EXECUTION',
          Status: 'STARTED',
          ExecutionDetails: { InputPayload: JSON.stringify(input) },
        },
      ],
      NextMarker: '',
    },
  });

  test('its invocations share its id', () => {
    expect(headersOf(event({ name: 'x' }))).toEqual({
      'source-id': 'order-17/550e8400-e29b-41d4-a716-446655440004',
    });
  });

  test('and the ids of the input that it began with', () => {
    expect(headersOf(event({ _trailgate: CARRIER }))).toMatchObject(TAKEN);
  });
});

describe('batches', () => {
  const message = (messageId: string, attributes: Record<string, string> = {}, trace?: string): object => ({
    messageId,
    body: 'text',
    attributes: trace === undefined ? {} : { AWSTraceHeader: trace },
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, stringValue]) => [name, { stringValue, dataType: 'String' }]),
    ),
    eventSource: 'aws:sqs',
  });
  const other = TRACEPARENT.replace('00f067aa0ba902b7', '1111111111111111');

  test.each([
    ['one record', [message('1', { _trailgate: CARRIER })], { ...TAKEN, 'source-id': '1' }],
    ['one record without ids', [message('1')], { 'source-id': '1' }],
    [
      'one trace from different parents',
      [message('1', { traceparent: TRACEPARENT }), message('2', { traceparent: other })],
      { traceparent: TRACEPARENT, 'source-id': '1' },
    ],
    ['two ids', [message('1', { 'x-correlation-id': 'a' }), message('2', { 'x-correlation-id': 'b' })], {}],
    ['an id and none', [message('1', { 'x-correlation-id': 'a' }), message('2')], {}],
    ['no ids', [message('1'), message('2')], {}],
    ['no records', [], {}],
    [
      'one X-Ray trace',
      [1, 2].map((n) =>
        message(String(n), {}, `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=000000000000000${n}`),
      ),
      {
        'source-id': '1',
        'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=0000000000000001',
      },
    ],
  ])('%s', (_, records, expected) => {
    expect(headersOf({ Records: records })).toEqual(expected);
  });
});
