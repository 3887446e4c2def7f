import { readFileSync } from 'node:fs';
import { DETECTOR_METRICS } from '@trailgate/sdk/wire';
import { expect, test } from 'vitest';

/** Name, unit, meaning and alarm of each metric on the page. */
const ROWS = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.slice(1, -1).split('|'))
  .map((cells) => cells.map((cell) => cell.trim()));

test('the page has every metric with its unit, says what it means and when to be alarmed, and has no other', () => {
  const listed = Object.values(DETECTOR_METRICS).map(({ name, unit }) => [`\`${name}\``, unit]);
  expect(ROWS.map((cells) => cells.slice(0, 2))).toEqual(listed);
  for (const cells of ROWS) {
    expect(cells, cells[0]).toEqual([
      ...cells.slice(0, 2),
      expect.stringMatching(/\w/),
      expect.stringMatching(/./),
    ]);
  }
});
