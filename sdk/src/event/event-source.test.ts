import { describe, expect, test } from 'vitest';
import { readRequest } from './request.ts';

const hostile = new Proxy(
  {},
  {
    get() {
      throw new Error('no');
    },
  },
);
const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:Orders:run-1';

describe('event source', () => {
  test.each([
    [{ Records: [{ eventSource: 'aws:sqs' }] }, 'aws:sqs'],
    [{ Records: [{ EventSource: 'aws:sns' }] }, 'aws:sns'],
    [{ Records: [{ eventSource: 'aws:s3' }] }, 'aws:s3'],
    [{ eventSource: 'aws:kafka', records: {} }, 'aws:kafka'],
    [{ source: 'aws.events', 'detail-type': 'Scheduled Event' }, 'aws.events'],
    [{ source: 'com.acme.orders', 'detail-type': 'OrderPlaced' }, 'com.acme.orders'],
    [{ awslogs: { data: '' } }, 'aws:logs'],
    [{ deliveryStreamArn: 'a', records: [] }, 'aws:firehose'],
    [{ DurableExecutionArn: 'a' }, 'aws:lambda:durable'],
    [{ Execution: { Id: EXECUTION } }, 'aws:states'],
    [
      { triggerSource: 'PostConfirmation_ConfirmSignUp', userPoolId: 'p' },
      'aws:cognito-idp:PostConfirmation_ConfirmSignUp',
    ],
    [{ triggerSource: 'x y', userPoolId: 'p' }, 'aws:cognito-idp'],
    [{ protocolData: { mqtt: {} }, protocols: ['mqtt'], token: 't' }, 'aws:iot:authorizer'],
    [{ 'CodePipeline.job': {} }, 'aws:codepipeline'],
    [{ anything: 1 }, 'direct'],
    [{ Records: [] }, 'direct'],
    [12, 'direct'],
    [null, 'direct'],
    [hostile, 'unknown'],
  ])('%# is counted as what it is', (event, route) => {
    const request = readRequest(event);
    expect([request.kind, request.source, request.route, request.identity]).toEqual([
      'other',
      route,
      route,
      {},
    ]);
  });
});
