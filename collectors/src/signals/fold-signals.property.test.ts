import type { Signal } from '@trailgate/sdk/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeyedSignal } from '../kinds/kind.ts';
import { fold, keyed, platform, START, series, trail, usage } from './fold-signals.test-data.ts';
import { foldSignals } from './fold-signals.ts';

/** Signals as lines give them: positions of a stream rise, and so do its totals. */
const lines = fc
  .array(
    fc.record({
      kind: fc.constantFrom('trail', 'usage', 'counted', 'series', 'platform'),
      instance: fc.nat({ max: 2 }),
      user: fc.nat({ max: 2 }),
      outcome: fc.constantFrom('success', 'failure'),
      afterMs: fc.nat({ max: 900 }),
      grown: fc.nat({ max: 5 }),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let at = 0;
    const totals = new Map<string, number>();
    return steps.map(({ kind, instance, user, outcome, afterMs, grown }, position): Signal => {
      at += afterMs;
      const total = (totals.get(`${kind}${instance}`) ?? 0) + grown;
      totals.set(`${kind}${instance}`, total);
      const from = { stream: `group/stream#${instance}`, position: String(position) };
      switch (kind) {
        case 'trail':
          return trail(position, at, { from, outcome, user: `u${user}`, count: grown + 1 });
        case 'usage':
          return { ...usage(position, at, total), from };
        case 'series':
          return series(position, at, { from, counters: [{ name: 'n', unit: 'Count', value: total }] });
        case 'platform':
          return platform(position, at, { from, reports: grown, durationMs: grown });
        default:
          return {
            kind: 'counted',
            at: START + at,
            from,
            service: 'orders',
            invocations: total,
          };
      }
    });
  });

describe('any record', () => {
  test('folds to signals whose places rise within a stream, and folds no further', () => {
    fc.assert(
      fc.property(lines, (signals) => {
        const folded = foldSignals(signals.map(keyed));
        const last = new Map<string, number>();
        for (const { key, signal } of folded) {
          const lane = `${signal.kind} ${key} ${signal.from.stream}`;
          expect(Number(signal.from.position)).toBeGreaterThan(last.get(lane) ?? -1);
          last.set(lane, Number(signal.from.position));
        }
        expect(foldSignals(folded)).toEqual(folded);
      }),
    );
  });

  test('keeps the events of each second by who did what, and the reports of each minute', () => {
    const sums = (signals: readonly Signal[]): ReadonlyMap<string, number> => {
      const found = new Map<string, number>();
      const add = (key: string, n: number): void => void found.set(key, (found.get(key) ?? 0) + n);
      for (const signal of signals) {
        if (signal.kind === 'trail') {
          const { at, user, outcome, count, records = 1 } = signal;
          add(`${Math.floor(at / 1_000)} ${user} ${outcome}`, count);
          add(`records ${Math.floor(at / 1_000)} ${user} ${outcome}`, records);
        }
        if (signal.kind === 'platform') {
          add(`reports ${Math.floor(signal.at / 60_000)}`, signal.reports);
          add(`ms ${Math.floor(signal.at / 60_000)}`, signal.durationMs ?? 0);
        }
      }
      return found;
    };
    fc.assert(
      fc.property(lines, (signals) => {
        expect(sums(fold(...signals))).toEqual(sums(signals));
      }),
    );
  });

  test('is the same whether lines come once or twice in it, and in whatever order', () => {
    fc.assert(
      fc.property(lines, fc.infiniteStream(fc.nat()), (signals, chance) => {
        const twice = [...signals, ...signals]
          .map((signal) => ({ signal, place: chance.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ signal }) => keyed(signal));
        const order = (folded: readonly KeyedSignal[]): readonly string[] =>
          folded.map((one) => JSON.stringify(one)).sort();
        expect(order(foldSignals(twice))).toEqual(order(foldSignals(signals.map(keyed))));
      }),
    );
  });
});
