import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanMember } from './scan-member.ts';

describe('scanned member', () => {
  test.each([
    ['{"a":1,"m":"text"}', 'text'],
    ['{"m" :\n {"k":"}\\"","n":{"x":"{"}},"z":1}', { k: '}"', n: { x: '{' } }],
    ['{"a":{"m":"deep"}}', 'deep'],
    ['{"a":"\\"m\\":1","m":"after"}', 'after'],
    ['{"a":["m"],"m":"after"}', 'after'],
    ['{"m":12}', undefined],
    ['{"m":"cut', undefined],
    ['{"m":{"a":"b"', undefined],
    [`{"m":"${'x'.repeat(5000)}"}`, undefined],
    ['"m"', undefined],
    ['', undefined],
  ])('of %s', (json, expected) => {
    expect(scanMember(json, 'm')).toEqual(expected);
  });

  test('is what parsing finds, whatever stands around it', () => {
    const around = fc.dictionary(fc.stringMatching(/^[a-l]{1,5}$/), fc.jsonValue({ maxDepth: 2 }), {
      maxKeys: 4,
    });
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.dictionary(fc.string(), fc.string()),
    );
    fc.assert(
      fc.property(around, value, (members, member) => {
        const json = JSON.stringify({ ...members, _trailgate: member });
        expect(JSON.stringify(scanMember(json, '_trailgate'))).toBe(JSON.stringify(member));
      }),
    );
  });
});
