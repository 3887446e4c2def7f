/** The three sizes that a deployment chooses from by name; what each costs a month is computed in `infra/cost` and printed in docs/costs.md. */
import type { Size, SizeName } from './size.ts';

/**
 * To try it in an account of one's own: one of everything, no standby, nothing in a VPC.
 * About 150 USD a month at 5 requests/s.
 */
const DEV: Size = {
  name: 'dev',
  logShards: 1,
  signalShards: 1,
  // More than a day is paid for by the shard hour.
  streamRetentionHours: 24,
  collector: {
    memory: 512,
    reservedConcurrency: 2,
    batchSize: 100,
    // Fewer invocations, each of which is logged, traced and stored, for some seconds of delay.
    batchingWindow: 2,
    parallelizationFactor: 1,
  },
  detector: { memory: 512, reservedConcurrency: 2, batchSize: 200, batchingWindow: 3 },
  ticker: { memory: 256, ticksPerMinute: 1 },
  search: {
    dataNodes: 1,
    dataInstanceType: 't3.small.search',
    masterNodes: 0,
    masterInstanceType: 'm7g.large.search',
    zones: 1,
    volumeGb: 10,
    indices: 'single',
  },
  logRetentionDays: 7,
  network: 'public',
};

/**
 * A team in production, some hundred requests a second: survives the loss of a zone, replays a week.
 * About 1,200 USD a month at 200 requests/s.
 */
const SMALL: Size = {
  name: 'small',
  logShards: 2,
  signalShards: 2,
  streamRetentionHours: 168,
  collector: {
    memory: 1_024,
    reservedConcurrency: 3,
    batchSize: 200,
    batchingWindow: 1,
    parallelizationFactor: 1,
  },
  detector: { memory: 1_024, reservedConcurrency: 3, batchSize: 500, batchingWindow: 1 },
  ticker: { memory: 256, ticksPerMinute: 4 },
  search: {
    dataNodes: 3,
    dataInstanceType: 'm7g.large.search',
    masterNodes: 3,
    masterInstanceType: 'm7g.large.search',
    zones: 3,
    volumeGb: 100,
    indices: 'standard',
  },
  logRetentionDays: 30,
  network: 'private',
};

/**
 * Thousands of requests a second, their successes sampled at 1 %.
 * About 7,900 USD a month at 5,000 requests/s, half of it for lines that Lambda logs with or without Trailgate.
 */
const LARGE: Size = {
  name: 'large',
  logShards: 8,
  signalShards: 8,
  streamRetentionHours: 168,
  collector: {
    // One whole vCPU.
    memory: 1_769,
    reservedConcurrency: 17,
    batchSize: 500,
    batchingWindow: 1,
    parallelizationFactor: 2,
  },
  detector: { memory: 1_769, reservedConcurrency: 9, batchSize: 1_000, batchingWindow: 1 },
  ticker: { memory: 256, ticksPerMinute: 6 },
  search: {
    dataNodes: 6,
    dataInstanceType: 'r7g.xlarge.search',
    masterNodes: 3,
    masterInstanceType: 'm7g.large.search',
    zones: 3,
    volumeGb: 500,
    indices: 'large',
  },
  logRetentionDays: 90,
  network: 'private',
};

export const SIZES: Readonly<Record<SizeName, Size>> = { dev: DEV, small: SMALL, large: LARGE };
