import { readFileSync } from 'node:fs';
import { CHANNEL_METRICS, COLLECTOR_METRICS, FUNCTION_METRICS, METRICS } from '@trailgate/sdk/wire';
import { expect, test } from 'vitest';

const PAGE = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');

/** Rows of each table of the page: name, unit, dimensions, meaning, alarm. */
const TABLES = PAGE.split(/^\| metric .*\n\| -.*\n/m)
  .slice(1)
  .map((behind) =>
    behind
      .slice(0, behind.search(/^(?!\|)/m))
      .trimEnd()
      .split('\n')
      .map((row) =>
        row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
  );

const [services, functions, collector, channels] = TABLES;

function listed(
  metrics: Readonly<
    Record<string, { readonly name: string; readonly unit: string; readonly byRoute?: boolean }>
  >,
  dimension: string,
): readonly (readonly string[])[] {
  return Object.values(metrics).map(({ name, unit, byRoute }) => [
    `\`${name}\``,
    unit,
    byRoute === true ? `${dimension}, Route` : dimension,
  ]);
}

test.each([
  ['of a service', services, listed(METRICS, 'Service')],
  ['of a function', functions, listed(FUNCTION_METRICS, 'Function')],
  ['of the collector', collector, listed(COLLECTOR_METRICS, 'Function')],
  ['of a channel', channels, listed(CHANNEL_METRICS, 'Function')],
])('the page has every metric %s, with unit and dimensions, and none that is not', (_, table, metrics) => {
  expect((table ?? []).map((row) => row.slice(0, 3)).sort()).toEqual([...metrics].sort());
});

test('each row says what the metric means and what to alarm on', () => {
  expect(TABLES).toHaveLength(4);
  for (const [name, , , meaning, alarm, ...more] of TABLES.flat()) {
    expect(meaning, name).toMatch(/\w/);
    expect(alarm, name).not.toBe('');
    expect(more, name).toEqual([]);
  }
});
