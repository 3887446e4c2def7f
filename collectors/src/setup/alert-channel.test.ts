import { describe, expect, test } from 'vitest';
import { type AlertChannel, checkChannel } from './alert-channel.ts';

const COMMON = { id: 'trailgate-shop', name: 'Shop', description: 'd' };
const SNS = { ...COMMON, kind: 'sns', topicArn: 'arn:aws:sns:eu-west-1:1:t' } as const;
const WEBHOOK = { ...COMMON, kind: 'webhook', url: 'https://hooks.example/T0/s3cr3t' } as const;
const EMAIL = {
  ...COMMON,
  kind: 'email',
  from: 'a@b.example',
  to: ['c@d.example'],
  region: 'eu-west-1',
} as const;

describe('a channel of alerts', () => {
  test.each<AlertChannel>([
    SNS,
    { ...SNS, roleArn: 'arn:aws-cn:iam::111122223333:role/path/alerts' },
    WEBHOOK,
    { ...WEBHOOK, headers: { authorization: 'Bearer x' } },
    EMAIL,
    { ...EMAIL, to: ['c@d.example', 'first.last+tag@sub.d.example'] },
  ])('may be %j', (channel) => {
    expect(() => checkChannel(channel)).not.toThrow();
  });

  test.each<[AlertChannel, string]>([
    [{ ...SNS, id: 'a b' }, 'channel "a b": id: expected letters, digits and _+/=-, got "a b"'],
    [
      { ...SNS, topicArn: 'topic' },
      'channel trailgate-shop: topicArn: expected the ARN of an SNS topic, got "topic"',
    ],
    [{ ...SNS, roleArn: 'r' }, 'channel trailgate-shop: roleArn: expected the ARN of an IAM role, got "r"'],
    [
      { ...WEBHOOK, url: 'http://hooks.example/s3cr3t' },
      'channel trailgate-shop: url: expected an https: URL without user, password and fragment, got one of http:',
    ],
    [
      { ...WEBHOOK, url: 's3cr3t' },
      'channel trailgate-shop: url: expected an https: URL without user, password and fragment, got a text that is no URL',
    ],
    [
      { ...WEBHOOK, url: 'https://u:s3cr3t@hooks.example/' },
      'channel trailgate-shop: url: expected an https: URL without user, password and fragment, got one with a user or password',
    ],
    [
      { ...WEBHOOK, url: 'https://hooks.example/#s3cr3t' },
      'channel trailgate-shop: url: expected an https: URL without user, password and fragment, got one with a fragment',
    ],
    [
      { ...WEBHOOK, headers: { 'a b': 's3cr3t' } },
      'channel trailgate-shop: headers: expected names of HTTP headers, got "a b"',
    ],
    [
      { ...WEBHOOK, headers: { a: 's3cr3t\r\nb: c' } },
      'channel trailgate-shop: headers.a: expected a line of ASCII, got another text',
    ],
    [{ ...EMAIL, from: 'a' }, 'channel trailgate-shop: from: expected an e-mail address, got "a"'],
    [{ ...EMAIL, to: [] }, 'channel trailgate-shop: to: expected 1 to 50 addresses, got 0'],
    [
      { ...EMAIL, to: ['c@d.example', 'c@d.example, e@f.example'] },
      'channel trailgate-shop: to[1]: expected an e-mail address, got "c@d.example, e@f.example"',
    ],
    [{ ...EMAIL, region: 'here' }, 'channel trailgate-shop: region: expected a region of AWS, got "here"'],
  ])('is refused by its field, and no secret is told: %#', (channel, message) => {
    expect(() => checkChannel(channel)).toThrow(expect.objectContaining({ code: 'ALERT_CHANNEL', message }));
    expect(message).not.toContain('s3cr3t');
  });
});
