import { describe, expect, test } from 'vitest';
import { indexSettings } from './index-options.ts';
import { lifecyclePolicy } from './lifecycle-policy.ts';

test('business indices go from hot to deleted', () => {
  expect(lifecyclePolicy('business', indexSettings({ businessDays: 7 }))).toMatchObject({
    default_state: 'hot',
    states: [
      {
        name: 'hot',
        actions: [],
        transitions: [{ state_name: 'delete', conditions: { min_index_age: '7d' } }],
      },
      { name: 'delete', actions: [{ delete: {} }], transitions: [] },
    ],
    ism_template: [{ index_patterns: ['business-*'], priority: 100 }],
  });
});

test('trail indices are merged on the way, and open for writing again afterwards', () => {
  const { states } = lifecyclePolicy('trail', indexSettings());
  expect(states.map(({ name }) => name)).toEqual(['hot', 'warm', 'delete']);
  expect(states[1]?.actions).toEqual([{ force_merge: { max_num_segments: 1 } }, { read_write: {} }]);
  expect(states[1]?.transitions).toEqual([{ state_name: 'delete', conditions: { min_index_age: '400d' } }]);
});

test('a trail that does not live long enough is not merged', () => {
  const { states } = lifecyclePolicy('trail', indexSettings({ trailDays: 30 }));
  expect(states.map(({ name }) => name)).toEqual(['hot', 'delete']);
});

describe.each(['business', 'trail'] as const)('the policy of %s', (channel) => {
  const { states, default_state } = lifecyclePolicy(channel, indexSettings());

  test('begins and goes on in states that there are', () => {
    const names = states.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain(default_state);
    for (const { transitions } of states) {
      for (const { state_name } of transitions) expect(names).toContain(state_name);
    }
  });

  test('never leaves an index that refuses writing, which would hold up the collector for ever', () => {
    for (const { actions } of states) {
      const kinds = actions.flatMap((action) => Object.keys(action));
      expect(kinds).not.toContain('read_only');
      if (kinds.includes('force_merge')) expect(kinds.at(-1)).toBe('read_write');
    }
  });
});
