/** Times the loop on the local stack over several seeds of both attacks: to the index, to the cap, to enforcement. */
import type { ScenarioOutcome } from '../../infra/scenarios/outcome.ts';
import { play } from '../loop/play.ts';
import { atMost, type Row } from './report.ts';

const ATTACKS = ['credential-stuffing', 'noisy-client'] as const;

export async function loop(seeds: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const attack of ATTACKS) {
    const outcomes: ScenarioOutcome[] = [];
    for (let seed = 1; seed <= seeds; seed += 1) {
      const { outcome } = await play(attack, '--seed', String(seed));
      outcomes.push(outcome);
      const failed = outcome.checks.filter(({ ok }) => !ok).map(({ check, detail }) => `${check}: ${detail}`);
      console.error(`${attack}, seed ${seed}: ${failed.length === 0 ? 'reconciles' : failed.join('; ')}`);
    }
    const caps = outcomes.map(({ caps }) => caps[0]);
    const over = `${attack}, ${seeds} seeds`;
    rows.push(
      atMost(`${over}: scenarios that do not reconcile`, outcomes.filter(({ ok }) => !ok).length, 'runs', 0),
      atMost(`${over}: record to index, p95`, p95(outcomes.map(({ latency }) => latency.p95_ms)), 'ms', 2000),
      atMost(`${over}: crossing to cap, p95`, p95(caps.map((cap) => cap?.seconds_to_cap)), 's', 10),
      atMost(`${over}: cap to enforcement, worst`, worst(caps.map((cap) => cap?.seconds_to_enforce)), 's', 2),
      atMost(
        `${over}: attack admitted after the cut, worst`,
        worst(outcomes.map(({ refused }) => admittedShare(refused.after_cut.share))),
        '%',
        5,
      ),
    );
  }
  return rows;
}

type Measured = number | null | undefined;

/** Null as soon as one run has no figure: a run that found nothing must not make the others look better. */
function p95(values: readonly Measured[]): number | null {
  const sorted = complete(values)?.sort((a, b) => a - b);
  return sorted?.[Math.ceil(0.95 * sorted.length) - 1] ?? null;
}

function worst(values: readonly Measured[]): number | null {
  const all = complete(values);
  return all === undefined || all.length === 0 ? null : Math.max(...all);
}

function complete(values: readonly Measured[]): number[] | undefined {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === values.length ? numbers : undefined;
}

function admittedShare(refusedShare: number | null): number | null {
  return refusedShare === null ? null : Math.round((1 - refusedShare) * 10_000) / 100;
}
