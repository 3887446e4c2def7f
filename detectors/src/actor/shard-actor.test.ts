import { instanceKey, principalKey, type Signal } from '@trailgate/sdk/wire';
import { describe, expect, test } from 'vitest';
import { SnapshotUnreadableError } from '../errors.ts';
import { parseRule } from '../rules/parse-rule.ts';
import type { Rule } from '../rules/rule.ts';
import { ruleText } from '../testing/rule-text.ts';
import type { ActorOptions } from './actor-options.ts';
import { type Effects, noEffects } from './effects.ts';
import { ShardActor } from './shard-actor.ts';
import { SHARD_LIMITS } from './shard-state.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 1);
const tokens = parseRule(ruleText(), 'example.yaml');

function optionsFor(rules: readonly Rule[]): ActorOptions {
  return {
    rules,
    timeScale: 1,
    instanceSilenceMs: 900_000,
    gapGraceMs: 120_000,
    metricGraceMs: 10_000,
    limits: SHARD_LIMITS,
  };
}

function trail(position: number, action: string, principal = 'ip:203.0.113.1'): Signal {
  return {
    kind: 'trail',
    at: START + position,
    from: { stream: 'log/a', position: String(position) },
    service: 'orders',
    tenant: 'acme',
    principal,
    action,
    outcome: 'failure',
    count: 1,
  };
}

function tick(at: number): Signal {
  return { kind: 'tick', at, from: { stream: 'clock', position: String(at) } };
}

function effectsOf(actor: ShardActor, key: string, ...signals: Signal[]): Effects {
  const effects = noEffects();
  actor.apply({ key, signals, unreadable: 0 }, effects);
  return effects;
}

describe('evidence', () => {
  const key = principalKey('acme', 'ip:203.0.113.1');
  const five = (action: string): Signal[] => [1, 2, 3, 4, 5].map((position) => trail(position, action));

  test('is never what the limiter itself has said', () => {
    const limited = parseRule(
      ruleText((text) => text.replaceAll('authn_token_rejected', 'excess_rate_limit_exceeded')),
      'limited.yaml',
    );
    expect(
      effectsOf(new ShardActor(optionsFor([limited])), key, ...five('excess_rate_limit_exceeded')).findings,
    ).toEqual([]);
    expect(
      effectsOf(new ShardActor(optionsFor([tokens])), key, ...five('authn_token_rejected')).findings,
    ).toHaveLength(1);
  });

  test('is let go of once it is old', () => {
    const actor = new ShardActor(optionsFor([tokens]));
    effectsOf(actor, key, trail(1, 'authn_token_rejected'));
    expect(actor.snapshot()).toContain('event_count');
    effectsOf(actor, 'tick', tick(START + 3 * MINUTE));
    expect(actor.snapshot()).not.toContain('event_count');
  });

  test('of a rule that has changed its type since is dropped', () => {
    const before = new ShardActor(optionsFor([tokens]));
    effectsOf(before, key, ...five('authn_token_rejected').slice(0, 4));
    const changed = parseRule(
      ruleText((text) =>
        text.replace('event_count', 'value_count').replace('{ gte: 5 }', '{ field: user, gte: 5 }'),
      ),
      'changed.yaml',
    );
    const after = ShardActor.restore(optionsFor([changed]), before.snapshot());
    expect(effectsOf(after, key, trail(5, 'authn_token_rejected')).findings).toEqual([]);
  });
});

describe('metrics', () => {
  test('hold failed logins and cold starts by service, and what the platform reported by function', () => {
    const actor = new ShardActor(optionsFor([]));
    const stream = 'log/a';
    const from = (position: number): Signal['from'] => ({ stream, position: String(position) });
    effectsOf(actor, principalKey('acme', 'ip:203.0.113.1'), trail(1, 'authn_login_fail'));
    effectsOf(
      actor,
      instanceKey(stream),
      { kind: 'counted', at: START, from: from(1), service: 'orders', invocations: 3 },
      {
        kind: 'platform',
        at: START,
        from: from(2),
        functionName: 'fn',
        reports: 3,
        coldStarts: 1,
        failures: 2,
      },
    );
    const { metrics } = effectsOf(actor, 'tick', tick(START + 2 * MINUTE));
    expect(metrics).toEqual([
      {
        name: 'FailedLogins',
        unit: 'Count',
        at: START,
        dimensions: [['Service', 'orders']],
        values: [1],
        counts: [1],
      },
      {
        name: 'ColdStarts',
        unit: 'Count',
        at: START,
        dimensions: [['Service', 'orders']],
        values: [1],
        counts: [1],
      },
      ...(
        [
          ['Invocations', 3],
          ['ColdStarts', 1],
          ['Errors', 2],
        ] as const
      ).map(([name, value]) => ({
        name,
        unit: 'Count',
        at: START,
        dimensions: [['Function', 'fn']],
        values: [value],
        counts: [1],
      })),
    ]);
  });

  test('say of a silent instance how many requests nobody counted', () => {
    const actor = new ShardActor(optionsFor([]));
    const at = START;
    const from = { stream: 'log/a', position: '1' };
    effectsOf(
      actor,
      instanceKey('log/a'),
      { kind: 'counted', at, from, service: 'orders', invocations: 3 },
      { kind: 'platform', at, from, functionName: 'fn', reports: 5, coldStarts: 0, failures: 0 },
    );
    const { findings, metrics } = effectsOf(actor, 'tick', tick(START + 16 * MINUTE));
    expect(findings).toHaveLength(1);
    expect(metrics).toMatchObject([
      { name: 'Invocations', values: [5] },
      { name: 'UncountedRequests', at: START, values: [2] },
    ]);
  });
});

describe('the state', () => {
  test('does not grow with the number of principals', () => {
    const limits = { principals: 10, instances: 10, series: 10 };
    const actor = new ShardActor({ ...optionsFor([tokens]), limits });
    const sizes = [100, 10_000].map((many) => {
      for (let n = 0; n < many; n += 1) {
        const principal = `ip:10.0.${100_000 + n}`;
        effectsOf(actor, principalKey('acme', principal), trail(n, 'authn_token_rejected', principal));
      }
      return actor.snapshot().length;
    });
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(200);
  });

  test('does not grow with the instances that one log stream makes up', () => {
    const actor = new ShardActor(optionsFor([]));
    const sizes = [200, 100_000].map((many) => {
      for (let n = 0; n < many; n += 1) {
        const from = { stream: `log/a#${n.toString(16).padStart(16, 'f')}`, position: '9' };
        effectsOf(actor, instanceKey('log/a'), { kind: 'seen', at: START, from, ranges: [[3, 9]] });
      }
      return actor.snapshot().length;
    });
    expect(sizes[1]).toBe(sizes[0]);
    expect(sizes[0]).toBeLessThan(10_000);
  });

  test('without its tables is refused', () => {
    expect(() => ShardActor.restore(optionsFor([]), '{"v":1,"state":{"last":""}}')).toThrow(
      SnapshotUnreadableError,
    );
  });
});
