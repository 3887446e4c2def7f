import { describe, expect, test } from 'vitest';
import { findingNotice, MAX_PUBLISH_BYTES, noticeBytes } from './finding-notice.ts';

const PLACE = { index: 'trail-2026.11.22', id: 'hash' };

function noticeOf(body: object) {
  const source = JSON.stringify({ '@timestamp': '2026-11-22T10:00:00.000Z', ...body });
  return { source, notice: findingNotice({ ...PLACE, source, severity: 'high' }, '0') };
}

describe('the message of a finding', () => {
  test('is its JSON under one line, with what subscriptions filter by', () => {
    const { source, notice } = noticeOf({
      rule: { id: 'r', name: 'credential-stuffing' },
      tenant: 'acme',
      message: 'Credential stuffing: 90 events by ip:203.0.113.9 within 1m',
    });
    expect(notice).toEqual({
      Id: '0',
      Subject: 'Trailgate: high: Credential stuffing: 90 events by ip:203.0.113.9 within 1m',
      Message: source,
      MessageAttributes: {
        rule: { DataType: 'String', StringValue: 'credential-stuffing' },
        tenant: { DataType: 'String', StringValue: 'acme' },
        severity: { DataType: 'String', StringValue: 'high' },
      },
    });
  });

  test('has no attribute of what the finding has not', () => {
    const source = '{"rule":{"name":"records-missing"},"tenant":""}';
    expect(findingNotice({ ...PLACE, source }, '0')).toMatchObject({
      Subject: 'Trailgate: records-missing',
      MessageAttributes: { rule: { DataType: 'String', StringValue: 'records-missing' } },
    });
  });

  test('has a subject of at most a hundred printable characters, whatever a principal is called', () => {
    const { notice } = noticeOf({
      message: `a\r\nBcc: x\u0000 by user:${'ü'.repeat(20)} ${'y'.repeat(300)}`,
    });
    expect(notice.Subject).toMatch(/^Trailgate: high: a\?Bcc: x\? by user:\? y+$/);
    expect(notice.Subject?.length).toBe(100);
  });

  test('that would be too long says what it is about and where all of it is', () => {
    const { notice } = noticeOf({
      rule: { id: 'r', name: 'n' },
      tenant: `t\u0007${'ü'.repeat(5_000)}`,
      principal: 'user:ann',
      evidence: { ranges: ['x'.repeat(300_000)] },
    });
    expect(JSON.parse(notice.Message ?? '')).toMatchObject({
      rule: { id: 'r', name: 'n' },
      principal: 'user:ann',
      finding: PLACE,
      truncated: true,
    });
    expect(notice.MessageAttributes?.tenant?.StringValue).toMatch(/^t ü+$/);
    expect(noticeBytes(notice)).toBeLessThan(MAX_PUBLISH_BYTES);
  });
});
