import { expect, test } from 'vitest';
import { cloudTrailEvent, NGINX, REST_CLF, restAccessLog, wafLog } from '../testing/edge-lines.ts';
import { NOW } from '../testing/memory-ports.ts';
import { lineTime } from './line-time.ts';

const SECOND = Date.parse('2026-11-22T09:59:58Z');

test.each([
  ['an access log of the gateway', REST_CLF, SECOND],
  ['the same in JSON', restAccessLog(), SECOND],
  ['an access log of nginx', NGINX, SECOND],
  ['an error log of nginx', '2026/11/22 09:59:58 [error] 31#31: *1 open() failed', SECOND],
  ['syslog', 'Nov 22 09:59:58 host sshd[812]: Failed password for root', SECOND],
  ['syslog of last year', 'Dec  3 09:59:58 host sshd[812]: x', Date.parse('2025-12-03T09:59:58Z')],
  ['CloudTrail', cloudTrailEvent(), Date.parse('2026-11-22T09:59:57Z')],
  ['WAF', wafLog(), 1_795_341_597_981],
  ['Lambda text', '2026-11-22T09:59:58.000Z\tid\tINFO\tx', SECOND],
  ['seconds', '{"time":1795341598}', SECOND],
  ['a day that is none', 'Nov 99 09:59:58 host sshd: x', undefined],
  ['a month that is none', 'Foo 22 09:59:58 host sshd: x', undefined],
  ['no time', 'hello', undefined],
  ['JSON without a time', '{"message":"2026-11-22T09:59:58Z"}', undefined],
])('%s', (_, text, time) => {
  expect(lineTime(text, NOW)).toBe(time);
});
