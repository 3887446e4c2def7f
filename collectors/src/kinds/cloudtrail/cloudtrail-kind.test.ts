import { describe, expect, test } from 'vitest';
import { cloudTrailEvent, consoleLogin } from '../../testing/edge-lines.ts';
import { documentOf, edgeLine, shapedBy } from '../../testing/shaped-line.ts';

const GROUP = 'aws-cloudtrail-logs';
const document = (text: string) => documentOf(edgeLine(text, GROUP));

test('an action is a trail event and a signal of who did it', () => {
  const line = edgeLine(cloudTrailEvent(), GROUP);
  expect(documentOf(line)).toMatchObject({
    channel: 'trail',
    time: Date.parse('2026-11-22T09:59:57Z'),
    level: 'INFO',
    message: 'iam:CreateUser',
    service: { name: 'cloudtrail' },
    principal: 'user:arn:aws:iam::123456789012:user/ann',
    user: { id: 'arn:aws:iam::123456789012:user/ann', name: 'ann' },
    source: { ip: '203.0.113.7' },
    cloud: { region: 'us-east-1' },
    user_agent: { original: 'aws-cli/2.17.0' },
    event: {
      kind: 'event',
      category: ['iam'],
      type: ['user', 'creation'],
      action: 'user_created',
      outcome: 'success',
      dataset: 'aws.cloudtrail',
      id: 'b1f9c2d3-0000-4000-8000-000000000001',
      provider: 'iam.amazonaws.com',
      code: 'CreateUser',
    },
    fields: {
      requestParameters: { userName: 'eve' },
      responseElements: { user: { userName: 'eve' } },
      userIdentity: { accountId: '123456789012' },
      recipientAccountId: '123456789012',
    },
  });
  expect(shapedBy(line)).toMatchObject({
    signals: [
      {
        key: 'principal:-/user:arn:aws:iam::123456789012:user/ann',
        signal: { action: 'user_created', outcome: 'success', route: 'iam:CreateUser', ip: '203.0.113.7' },
      },
    ],
  });
});

test.each([
  ['Success', 'authn_login_success', 'success'],
  ['Failure', 'authn_login_fail', 'failure'],
] as const)('a console login with %s is %s of the address', (result, action, outcome) => {
  expect(document(consoleLogin(result))).toMatchObject({
    principal: 'ip:203.0.113.7',
    user: { name: 'ann' },
    event: { action, outcome, category: ['authentication'], type: ['start'] },
  });
  expect(shapedBy(edgeLine(consoleLogin(result), GROUP))).toMatchObject({
    signals: [{ key: 'principal:-/ip:203.0.113.7', signal: { action, outcome } }],
  });
});

describe('operations are filed under the vocabulary', () => {
  const SERVICE_IDENTITY = { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' };
  test.each([
    ['denied', { errorCode: 'AccessDenied' }, 'authz_fail', 'failure', ['api'], 1],
    ['denied by EC2', { errorCode: 'Client.UnauthorizedOperation' }, 'authz_fail', 'failure', ['api'], 1],
    ['a policy', { eventName: 'AttachUserPolicy' }, 'privilege_permissions_changed', 'success', ['iam'], 1],
    [
      'a bucket policy',
      { eventSource: 's3.amazonaws.com', eventName: 'PutBucketPolicy' },
      'privilege_permissions_changed',
      'success',
      ['iam'],
      1,
    ],
    ['a group', { eventName: 'AddUserToGroup' }, 'privilege_permissions_changed', 'success', ['iam'], 1],
    ['another identity matter', { eventName: 'CreateRole' }, 'authz_admin', 'success', ['iam'], 1],
    ['a key', { eventName: 'CreateAccessKey' }, 'authn_token_created', 'success', ['iam'], 1],
    [
      'a watcher switched off',
      { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' },
      'sys_monitor_disabled',
      'success',
      ['configuration'],
      1,
    ],
    [
      'a policy about time',
      { eventSource: 'logs.amazonaws.com', eventName: 'PutRetentionPolicy' },
      'authz_admin',
      'success',
      ['configuration'],
      1,
    ],
    [
      'a look',
      { eventSource: 'ec2.amazonaws.com', eventName: 'DescribeInstances', readOnly: true },
      'authz_admin',
      'success',
      ['configuration'],
      0,
    ],
    [
      'a data event',
      {
        eventSource: 's3.amazonaws.com',
        eventName: 'GetObject',
        readOnly: true,
        managementEvent: false,
        eventCategory: 'Data',
      },
      'sensitive_read',
      'success',
      ['database'],
      0,
    ],
    [
      'a role taken by a service',
      {
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRole',
        readOnly: true,
        userIdentity: SERVICE_IDENTITY,
        sourceIPAddress: 'lambda.amazonaws.com',
      },
      'session_created',
      'success',
      ['session'],
      0,
    ],
    [
      'a service at work',
      { eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', userIdentity: SERVICE_IDENTITY },
      'authz_admin',
      'success',
      ['configuration'],
      0,
    ],
    [
      'a wrong password of a user pool',
      {
        eventSource: 'cognito-idp.amazonaws.com',
        eventName: 'InitiateAuth',
        errorCode: 'NotAuthorizedException',
      },
      'authn_login_fail',
      'failure',
      ['authentication'],
      1,
    ],
    [
      'an error that is no denial',
      { errorCode: 'EntityAlreadyExistsException' },
      'user_created',
      'failure',
      ['iam'],
      1,
    ],
  ])('%s', (_, more, action, outcome, category, signals) => {
    const text = cloudTrailEvent(more);
    expect(document(text)).toMatchObject({ channel: 'trail', event: { action, outcome, category } });
    const shaped = shapedBy(edgeLine(text, GROUP));
    expect(shaped.is === 'document' && shaped.signals.length).toBe(signals);
  });

  test('a name that every object has is no known operation', () => {
    expect(document(cloudTrailEvent({ eventName: 'constructor' }))).toMatchObject({
      event: { action: 'authz_admin' },
    });
  });
});

test('a source that is a service is kept as such', () => {
  const text = cloudTrailEvent({ sourceIPAddress: 'cloudformation.amazonaws.com' });
  expect(document(text)).toMatchObject({ source: { address: 'cloudformation.amazonaws.com' } });
});

describe('bad input', () => {
  test.each([
    ['another major version', cloudTrailEvent({ eventVersion: '2.0' }), 'json'],
    ['a time that is none', cloudTrailEvent({ eventTime: 'soon' }), 'json'],
    ['a year beyond all calendars', cloudTrailEvent({ eventTime: '+275760-01-01T00:00:00Z' }), 'json'],
    ['no identity', cloudTrailEvent({ userIdentity: null }), 'json'],
    ['a source that is not of AWS', cloudTrailEvent({ eventSource: 'mine.example.com' }), 'json'],
    ['an id of another type', cloudTrailEvent({ eventID: 7 }), 'json'],
    ['a field of the same name', '{"eventVersion":"1.0"}', 'json'],
    ['an event that is cut off', cloudTrailEvent().slice(0, -30), 'text'],
    ['a list of events', `[${cloudTrailEvent()}]`, 'text'],
  ])('%s is somebody else’s line', (_, text, dataset) => {
    expect(document(text)).toMatchObject({ channel: 'business', event: { dataset } });
  });

  test('a function cannot speak for the account', () => {
    expect(documentOf(edgeLine(cloudTrailEvent(), '/aws/lambda/orders'))).toMatchObject({
      channel: 'business',
    });
  });

  test('members of another shape cost themselves only, and huge ones are only stored', () => {
    const text = cloudTrailEvent({
      sourceIPAddress: 7,
      userAgent: ['x'],
      errorCode: 5,
      readOnly: 'perhaps',
      requestParameters: {
        policyDocument: 'p'.repeat(100_000),
        deep: JSON.parse('['.repeat(60) + ']'.repeat(60)),
      },
    });
    const event = document(text);
    expect(event).toMatchObject({ channel: 'trail', event: { action: 'user_created', outcome: 'success' } });
    expect(event).not.toHaveProperty('source');
    expect(event).toMatchObject({
      fields_stored: { requestParameters: { policyDocument: 'p'.repeat(100_000) } },
    });
  });
});
