/** The measured figures that capacity is reckoned from. */
import type { Measured } from './measure/measure.ts';
import type { MeasuredRates } from './measure/rates.ts';

/** What the SDK and the collector of this release write; a test measures them again and fails where one has moved. */
export const BYTES: Measured = {
  line: { log: 629, request: 758, rollup: 1_787, trail: 975, platform: 263 },
  rollupCaller: 70,
  gzip: { log: 0.153, request: 0.223, rollup: 0.372, trail: 0.577, platform: 0.293 },
  documentRatio: 1.32,
  signal: { caller: 311, trail: 425, series: 1_556, instance: 747 },
};

/**
 * CPU microseconds on one core of a shared AMD EPYC with four, Node 24: what runs beside other work reached (22 to 30, 59 to 90). In
 * large records a line takes the collector 7 (`npm run bench collector`). `trailgate capacity --measure` measures here.
 */
export const RATES: MeasuredRates = { collectorLine: 30, detectorRecord: 90 };
