import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findingDocument, rollupDocument, trailDocument } from '../testing/documents.ts';
import { MAX_TRAIL_ROWS } from '../view.ts';
import { ConsoleModel, NOTHING_KNOWN } from './console-model.ts';
import { applyChange, changeBetween } from './state-change.ts';

const START = Date.parse('2026-11-22T12:00:00Z');
const model = (): ConsoleModel => new ConsoleModel(NOTHING_KNOWN);

function indexed(cursor: number, index: string, source: unknown) {
  return { cursor, index, id: String(cursor), source: JSON.stringify(source) };
}

describe('changes of the console state', () => {
  test('nothing to tell when only time has passed', () => {
    const console = model();
    expect(changeBetween(console.state(START), console.state(START + 1_000))).toBeUndefined();
  });

  test('a page that applies every change shows what a page that opens now would show', () => {
    const step = fc.record({
      after: fc.integer({ min: 0, max: 40_000 }),
      late: fc.integer({ min: 0, max: 20_000 }),
      kind: fc.constantFrom('rollup', 'trail', 'finding', 'garbage', 'facts'),
      size: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const console = model();
        let now = START;
        let cursor = 0;
        let told = console.state(now);
        let page = told;
        for (const { after, late, kind, size } of steps) {
          now += after;
          const at = now - late;
          const next = (index: string, source: unknown) => [indexed(++cursor, index, source)];
          if (kind === 'rollup') {
            console.take(
              next('business-x', rollupDocument({ at, since: START, statuses: { 200: size } })),
              now,
            );
          } else if (kind === 'trail') {
            const rows = Array.from({ length: size }, () =>
              next('trail-x', trailDocument({ at, action: 'authz_fail', outcome: 'failure' })),
            );
            console.take(rows.flat(), now);
          } else if (kind === 'finding') {
            console.take(next('trail-x', findingDocument({ at, message: 'm' })), now);
          } else if (kind === 'garbage') {
            console.take(next('trail-x', 'not an object'), now);
          } else {
            const { facts, play, faults, written } = NOTHING_KNOWN;
            console.surround({
              ...NOTHING_KNOWN,
              facts: { ...facts, apiUrl: `http://127.0.0.1:${size}` },
              play: { ...play, attackFrom: size % 3 },
              faults: { ...faults, tableDown: size % 2 === 0 },
              written: { ...written, log: size },
              troubles: size % 5 === 0 ? ['away'] : [],
            });
          }
          const state = console.state(now);
          const change = changeBetween(told, state);
          told = state;
          page = applyChange(page, change ?? { now });
          expect(page).toEqual(state);
          expect(page.trail.length).toBeLessThanOrEqual(MAX_TRAIL_ROWS);
        }
      }),
      { numRuns: 40 },
    );
  });
});
