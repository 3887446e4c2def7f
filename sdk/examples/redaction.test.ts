import { createTestTrailgate } from '@trailgate/sdk/testing';
import { expect, test } from 'vitest';
import { shopRedaction } from './redaction.ts';

test('the rules of the shop hold beside the built-in ones', () => {
  const { trailgate, logs } = createTestTrailgate({ redaction: shopRedaction('a key of 16 bytes or more') });
  trailgate.log.info('VCH-AB12CD34 given to ann@shop.example', {
    loyaltyNumber: 'L-17',
    sessionToken: 's-17',
    customerId: 'c-17',
    password: 'hunter2',
    headers: { 'X-Internal-Route': 'r-17' },
    body: '{"customer_id":"c-17"}',
  });
  const hash = 'hmac:MJAugXQ-nfJB9K92cPMqe9';
  expect(logs[0]?.message).toBe('[redacted:voucher] given to [redacted]');
  expect(logs[0]?.fields).toEqual({
    loyaltyNumber: '[redacted]',
    sessionToken: 's-17',
    customerId: hash,
    password: '[redacted]',
    headers: { 'X-Internal-Route': '[redacted]' },
    body: `{"customer_id":"${hash}"}`,
  });
});

test('a deployment without its key is told so at start', () => {
  expect(() => createTestTrailgate({ redaction: shopRedaction('') })).toThrow(/redaction\.hash\.key/);
});
