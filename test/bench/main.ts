/** `npm run bench [area]`: measures an area against its budgets. */
import { parseArgs } from 'node:util';
import { collector } from './collector/collector.ts';
import { loop } from './loop.ts';
import { print, type Row } from './report.ts';
import { sdk } from './sdk/sdk.ts';

const AREAS: Readonly<Record<string, (seeds: number) => Promise<readonly Row[]>>> = {
  collector,
  loop,
  sdk,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, seeds: { type: 'string', default: '3' } },
});
const area = positionals[0] ?? 'loop';
const measure = AREAS[area];
const seeds = Number(values.seeds);
if (measure === undefined || !Number.isInteger(seeds) || seeds < 1) {
  console.error(
    measure === undefined
      ? `bench: expected area ${Object.keys(AREAS).join(', ')}, got "${area}"`
      : `bench: --seeds: expected a whole number from 1, got "${values.seeds}"`,
  );
  process.exitCode = 2;
} else {
  print(area, await measure(seeds), values.json);
}
