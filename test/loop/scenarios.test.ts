import { describe, expect, test } from 'vitest';
import { play } from './play.ts';

/** What failed, with the detail, so that a red test says why. */
function failures(outcome: { checks: readonly { ok: boolean; check: string; detail: string }[] }): string[] {
  return outcome.checks.filter(({ ok }) => !ok).map(({ check, detail }) => `${check}: ${detail}`);
}

describe('scenario calm', () => {
  test('counts every request by route and status, and finds nobody', async () => {
    const { exitCode, outcome } = await play('calm', '--seed', '11');
    expect(failures(outcome)).toEqual([]);
    expect(exitCode).toBe(0);
    expect(outcome.requests.rollups).toEqual(outcome.requests.clients);
    expect(outcome.requests.clients['POST /orders']?.['201']).toBeGreaterThan(0);
    expect(outcome.records.indexed).toEqual(outcome.records.written);
    expect(outcome.findings).toEqual([]);
    expect(outcome.caps).toEqual([]);
    expect(outcome.sampling.kept_successes).toBeGreaterThan(0);
  });
});

describe('scenario credential-stuffing', () => {
  test('is found, capped, enforced and released, though every batch comes twice and detectors are killed', async () => {
    const { exitCode, outcome } = await play(
      ...['credential-stuffing', '--seed', '12', '--fault', 'deliver-twice,kill-collector,kill-detector'],
    );
    expect(failures(outcome)).toEqual([]);
    expect(exitCode).toBe(0);
    expect(outcome.findings).toHaveLength(1);
    expect(outcome.caps).toHaveLength(1);
    expect(outcome.caps[0]).toMatchObject({ rule: 'credential-stuffing', class: 'auth', strike: 1 });
    expect(outcome.refused.honest).toBe(0);
  });
});

describe('scenario noisy-client', () => {
  test('is found, capped, enforced and released, and what killed instances took is reported', async () => {
    const { exitCode, outcome } = await play('noisy-client', '--seed', '13', '--fault', 'kill-instance');
    expect(failures(outcome)).toEqual([]);
    expect(exitCode).toBe(0);
    expect(outcome.caps[0]).toMatchObject({ rule: 'noisy-client', class: '*', strike: 1 });
    expect(outcome.refused.after_cut.share).toBeGreaterThan(0.95);
    // It lasts for more than a minute, so at least one was over and published.
    expect(outcome.metrics.requests).toBeGreaterThan(0);
    expect(outcome.metrics.cold_starts).toBeGreaterThan(0);
  });
});
