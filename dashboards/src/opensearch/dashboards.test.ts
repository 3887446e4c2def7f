import { describe, expect, test } from 'vitest';
import { SEARCH_IDS } from './saved-object-ids.ts';
import { dashboards, objects, panelsOf, queryOf } from './testing/read-objects.ts';

describe.each(dashboards.map((dashboard) => [dashboard.attributes.title, dashboard] as const))(
  '%s',
  (_, dashboard) => {
    const panels = panelsOf(dashboard);

    test('shows each reference in a panel of its own, the links to the others first', () => {
      expect(panels.map(({ panelRefName }) => panelRefName)).toEqual(
        dashboard.references.map(({ name }) => name),
      );
      expect(dashboard.references[0]?.id).toBe('trailgate-vis-links');
      const shown = dashboard.references.map(({ id }) => id);
      expect(new Set(shown).size).toBe(shown.length);
      for (const { panelIndex, gridData, version } of panels) {
        expect(gridData.i).toBe(panelIndex);
        // That from which on no panel is migrated.
        expect(version).toBe('7.9.3');
      }
    });

    test('covers no panel with another, and stays on the grid', () => {
      for (const [at, { gridData: panel }] of panels.entries()) {
        expect(panel.x + panel.w).toBeLessThanOrEqual(48);
        expect(panel.h).toBeGreaterThan(3);
        const covered = panels.slice(0, at).filter(({ gridData: { x, y, w, h } }) => {
          return panel.x < x + w && x < panel.x + panel.w && panel.y < y + h && y < panel.y + panel.h;
        });
        expect(covered).toEqual([]);
      }
    });

    test('looks back from now, and at wrong clocks of all time', () => {
      const { timeRestore, timeFrom, timeTo } = dashboard.attributes;
      expect([timeRestore, timeTo]).toEqual([true, 'now']);
      expect(timeFrom).toMatch(/^now-\d+[hd]$/);
      for (const [at, { embeddableConfig }] of panels.entries()) {
        const { id } = dashboard.references[at] ?? {};
        const shown = objects.find((object) => object.id === id);
        const late = shown !== undefined && queryOf(shown).includes('-late-');
        expect(embeddableConfig.timeRange !== undefined, id).toBe(late);
      }
    });
  },
);

test('an alert’s search for wrong clocks is on no dashboard, whose range of time would empty it', () => {
  const shown = dashboards.flatMap(({ references }) => references.map(({ id }) => id));
  expect(shown).not.toContain(SEARCH_IDS.late);
  expect(shown).not.toContain(SEARCH_IDS.lateRecords);
});
