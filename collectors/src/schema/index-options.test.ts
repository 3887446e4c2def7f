import { expect, test } from 'vitest';
import { type IndexOptions, indexSettings } from './index-options.ts';

test('what is not chosen comes from the preset and the defaults', () => {
  expect(indexSettings({ preset: 'single', trailDays: 90 })).toEqual({
    shards: 1,
    replicas: 0,
    refreshSeconds: 1,
    businessDays: 14,
    trailDays: 90,
    warmDays: 30,
    tenants: [],
  });
});

test.each<[IndexOptions, string]>([
  [{ shards: 0 }, 'shards: expected a whole number from 1 to 64, got 0'],
  [{ replicas: 1.5 }, 'replicas: expected a whole number from 0 to 10, got 1.5'],
  [{ trailDays: Number.NaN }, 'trailDays: expected a whole number from 1 to 3650, got NaN'],
  [{ warmDays: 14 }, 'warmDays: expected a whole number from 22 to 3650, got 14'],
  [{ preset: 'huge' as never }, 'preset: expected single, standard, large, got "huge"'],
  [{ tenants: ['a/b'] }, 'tenants: expected 1 to 64 letters, digits, ".", "_" or "-", got another text'],
])('%j is refused', (options, message) => {
  expect(() => indexSettings(options)).toThrow(message);
});
