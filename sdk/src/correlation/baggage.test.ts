import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passedBaggage } from './baggage.ts';

describe('baggage', () => {
  test.each([
    ['key1=value1,key2=value2;property1;property2, key3=value3; propertyKey=propertyValue'],
    ['serverNode=DF%2028,userId=Am%C3%A9lie,isProduction=false'],
  ])('goes on in its order: %s', (header) => {
    expect(passedBaggage(header)).toBe(header.replaceAll(', ', ','));
  });

  test('broken members are left out', () => {
    expect(passedBaggage('a=1,nonsense,=2,b c=3,d="4",e=\u00e9,f=5')).toBe('a=1,f=5');
  });

  test.each(['', ',', 'nothing', 'a=\r\nx: y'])('%j is none', (header) => {
    expect(passedBaggage(header)).toBeUndefined();
  });

  test('64 members and 8,192 bytes go on whole, and never more', () => {
    const full = Array.from(
      { length: 64 },
      (_, i) => `k${String(i).padStart(2, '0')}=${'v'.repeat(123)}`,
    ).join(',');
    expect(full.length).toBeLessThanOrEqual(8192);
    expect(passedBaggage(full)).toBe(full);
    expect(passedBaggage(`${full},more=1`)).toBe(full);
    expect(passedBaggage(`a=${'x'.repeat(8191)}`)).toBeUndefined();
  });

  test('whatever comes, what goes on can be sent as a header', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.stringMatching(/^[a-z]{1,9}=[!-~]{0,90}$/), { maxLength: 99 }).map((all) => all.join(',')),
    );
    fc.assert(
      fc.property(text, (header) => {
        const passed = passedBaggage(header);
        if (passed === undefined) return;
        expect(new Headers({ baggage: passed }).get('baggage')).toBe(passed);
        expect(passed.split(',').length).toBeLessThanOrEqual(64);
        expect(passed.length).toBeLessThanOrEqual(8192);
      }),
    );
  });
});
