import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecentMap } from './recent-map.ts';

test('gives what was set or nothing, and never forgets the last keys that were used', () => {
  const key = fc.integer({ min: 0, max: 12 });
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), (keys) => {
      const map = new RecentMap<number>(5);
      keys.forEach((used, at) => {
        const found = map.get(String(used));
        const since = keys.slice(0, at).lastIndexOf(used);
        if (found !== undefined) expect(found).toBe(used);
        if (since === -1) expect(found).toBeUndefined();
        else if (new Set(keys.slice(since, at)).size <= 5) expect(found).toBe(used);
        if (found === undefined) map.set(String(used), used);
      });
    }),
  );
});
