import { expect, test } from 'vitest';
import { textLevel } from './text-level.ts';

test.each([
  ['2026/11/22 10:00:00 [error] 31#31: *1 open() failed', 'ERROR'],
  ['2026/11/22 10:00:00 [notice] 1#1: start', 'INFO'],
  ['[WARNING] slow', 'WARN'],
  ['2026-11-22T10:00:00.123Z ERROR no', 'ERROR'],
  ['2026-11-22 10:00:00,123 CRITICAL: no', 'FATAL'],
  ['INFO  ready', 'INFO'],
  ['Error: a sentence', undefined],
  ['ERRORS were seen', undefined],
  ['all went well, no [error] here', undefined],
  ['[constructor] x', undefined],
  ['Nov 22 10:00:00 host sshd[812]: Failed password for root from 203.0.113.7 port 22 ssh2', undefined],
  ['', undefined],
])('%s: %s', (text, level) => {
  expect(textLevel(text)).toBe(level);
});
