/** A Trailgate under test: it writes into lists, its time stands still, and its ids are the same in every run. */
import type { TrailgateOptions } from '../config.ts';
import { createTrailgate, type Trailgate } from '../trailgate.ts';
import { type CapturedOutput, captureOutput } from './captured-output.ts';
import { INSTANT_MS } from './events/instant.ts';
import { FrozenTime } from './frozen-time.ts';
import { type Invoke, invokeWith } from './invoke.ts';
import { seededBytes } from './seeded-bytes.ts';

export interface TestTrailgateOptions extends Partial<TrailgateOptions> {
  /** Another seed gives other ids. @default 1 */
  readonly seed?: number;
  /** Epoch milliseconds. @default 2026-01-05T12:00:00.000Z */
  readonly startAt?: number;
}

export interface TestTrailgate extends CapturedOutput {
  readonly trailgate: Trailgate;
  /** Epoch milliseconds of the time that stands still. */
  readonly clock: () => number;
  /** Moves time on by so many milliseconds; what waits for the time is called. */
  advance(ms: number): void;
  /** Invokes a handler as Lambda does, on this time. */
  readonly invoke: Invoke;
}

/**
 * As `createTrailgate`, with two defaults of its own: the service is `test`, and every request is kept, so that a test
 * sees what a handler logs. Give `sampling` to test what sampling does.
 * @throws TrailgateConfigError naming the option or environment variable that is wrong
 */
export function createTestTrailgate(options: TestTrailgateOptions = {}): TestTrailgate {
  const { seed = 1, startAt = INSTANT_MS, ports, ...given } = options;
  const time = new FrozenTime(startAt);
  const { write, ...captured } = captureOutput();
  const clock = (): number => time.now;
  const trailgate = createTrailgate({
    service: 'test',
    sampling: { rate: 1 },
    ...given,
    ports: {
      clock,
      monotonic: clock,
      randomBytes: seededBytes(seed),
      timer: (ms, callBack) => time.timer(ms, callBack),
      memory: () => 0,
      onTermination() {},
      write,
      ...ports,
    },
  });
  return {
    ...captured,
    trailgate,
    clock,
    advance: (ms) => time.advance(ms),
    invoke: invokeWith(clock),
  };
}
