import { describe, expect, test } from 'vitest';
import type { LimitHit } from '../limits/limiter.ts';
import { refusalResponse } from './refusal.ts';

const HIT: LimitHit = {
  client: 'user:ann',
  rule: 'noisy-client',
  rate: 2,
  burst: 10,
  retryAfterSeconds: 3,
  ver: 7,
};

describe('refusal', () => {
  test('says how long to wait, under which policy, and of which request it speaks', () => {
    const { statusCode, headers, body } = refusalResponse(HIT, 'c-1');
    expect(statusCode).toBe(429);
    expect(headers).toEqual({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'Retry-After': '3',
      'RateLimit-Policy': '"noisy-client";q=10;w=5',
      RateLimit: '"noisy-client";r=0;t=3',
      'x-correlation-id': 'c-1',
    });
    expect(JSON.parse(body)).toEqual({
      type: 'https://iana.org/assignments/http-problem-types#abnormal-usage-detected',
      title: 'Request rate reduced',
      status: 429,
      detail: 'Too many requests. Retry after 3 s.',
      instance: 'c-1',
      'violated-policies': ['noisy-client'],
    });
  });

  test('numbers and names of any kind stay structured fields', () => {
    const odd: LimitHit = { ...HIT, rule: 'a"b\\ü\r\nX: y', rate: 0, burst: 0.5, retryAfterSeconds: 0.2 };
    expect(refusalResponse(odd, 'c-1').headers).toMatchObject({
      'Retry-After': '1',
      'RateLimit-Policy': '"a\\"b\\\\???X: y";q=1;w=1',
    });
    const endless: LimitHit = { ...HIT, rate: 1e-300, retryAfterSeconds: Number.POSITIVE_INFINITY };
    expect(refusalResponse(endless, 'c-1').headers['RateLimit-Policy']).toBe(
      '"noisy-client";q=10;w=999999999999999',
    );
  });

  test('the base limit is a quota and not a suspicion', () => {
    expect(refusalResponse({ ...HIT, rule: 'base' }, 'c-1').body).toContain('#quota-exceeded');
  });
});
