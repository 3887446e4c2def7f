import { expect, test } from 'vitest';
import { amzDate, authorization, signingKey } from './sigv4.ts';

// The published Signature Version 4 test suite: aws-sig-v4-test-suite, and the example of the IAM user guide.
const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const SCOPE = { region: 'us-east-1', service: 'service' };
const HEADERS = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' };

function signature(request: {
  method: string;
  query?: string;
  headers?: Record<string, string>;
  body?: string;
}): string {
  const key = signingKey(CREDENTIALS.secretAccessKey, '20150830', SCOPE);
  const { method, query = '', headers = {}, body = '' } = request;
  const unsigned = { method, path: '/', query, headers: { ...HEADERS, ...headers }, body };
  return authorization(unsigned, CREDENTIALS, SCOPE, key);
}

test('get-vanilla', () => {
  expect(signature({ method: 'GET' })).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
      'SignedHeaders=host;x-amz-date, ' +
      'Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  );
});

test('post-vanilla', () => {
  expect(signature({ method: 'POST' })).toContain(
    'Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  );
});

test('post-x-www-form-urlencoded', () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect(signature({ method: 'POST', headers, body: 'Param1=value1' })).toContain(
    'Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  );
});

test('get-vanilla-query-order-key-case', () => {
  expect(signature({ method: 'GET', query: 'Param1=value1&Param2=value2' })).toContain(
    'Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  );
});

test('the signing key of the user guide', () => {
  const key = signingKey(CREDENTIALS.secretAccessKey, '20150830', { region: 'us-east-1', service: 'iam' });
  expect(key.toString('hex')).toBe('c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9');
});

test('a date has no separators and no fractions', () => {
  expect(amzDate(Date.UTC(2015, 7, 30, 12, 36, 0, 999))).toBe('20150830T123600Z');
});
