import { describe, expect, test } from 'vitest';
import { type CapDraft, consequenceOf, fieldOf, orderOf } from './cap-draft.ts';

const DRAFT: CapDraft = {
  tenant: 'acme',
  client: ' ip:203.0.113.7 ',
  decision: 'set',
  rate: '0.5',
  minutes: '15',
  why: 'agreed with the customer',
};

describe('an operator’s decision as it is typed', () => {
  test('becomes an order with the fields that its kind has', () => {
    const all = { tenant: 'acme', client: 'ip:203.0.113.7', why: 'agreed with the customer' };
    expect(orderOf(DRAFT)).toEqual({ order: { ...all, decision: 'set', rate: 0.5, minutes: 15 } });
    expect(orderOf({ ...DRAFT, decision: 'block' })).toEqual({
      order: { ...all, decision: 'block', minutes: 15 },
    });
    expect(orderOf({ ...DRAFT, decision: 'withdraw', minutes: '' })).toEqual({
      order: { ...all, decision: 'withdraw' },
    });
  });

  test('says what is wrong with each field', () => {
    const empty = { tenant: ' ', client: '', rate: '', minutes: '', why: '' };
    expect(orderOf({ ...DRAFT, ...empty })).toMatchObject({
      problems: Object.fromEntries(
        Object.keys(empty).map((field) => [field, expect.stringContaining('Say')]),
      ),
    });
    for (const rate of ['0', '-1', 'many', '']) {
      expect(orderOf({ ...DRAFT, rate })).toHaveProperty('problems.rate');
    }
    for (const minutes of ['0', '1441', '1.5', 'x', '']) {
      expect(orderOf({ ...DRAFT, minutes })).toHaveProperty('problems.minutes');
    }
  });

  test('says what it will do before it is done', () => {
    expect(consequenceOf({ ...DRAFT, decision: 'block', minutes: '1' })).toBe(
      'Every request of ip:203.0.113.7 is refused for 1 minute.',
    );
    expect(consequenceOf({ ...DRAFT, client: '', rate: '' })).toContain('the client is held to … requests');
  });

  test('finds the field that the console complains about', () => {
    expect(fieldOf('minutes: expected 1 to 1440, got 0')).toBe('minutes');
    expect(fieldOf('The limits table does not answer')).toBeUndefined();
  });
});
