/** A Trailgate whose every line is judged as it is written, and the seed of all that is tried on it. */
import type { LambdaContext } from '../invocation/lambda-context.ts';
import { createTestTrailgate } from '../testing/index.ts';
import type { Trailgate } from '../trailgate.ts';
import { LineJudge } from './hostile.test-data.ts';

/** The same cases in every run. A failure prints its seed and path; another seed is tried with FUZZ_SEED. */
export const SEED: number = Number(process.env.FUZZ_SEED ?? 20_260_105);
export const LONG: { readonly timeout: number } = { timeout: 120_000 };
export const CONTEXT: LambdaContext = { functionName: 'f', awsRequestId: 'r' };

export interface Fuzzed {
  readonly trailgate: Trailgate;
  readonly judge: LineJudge;
  readonly advance: (ms: number) => void;
  /** Throws what was wrong with a line: the SDK swallows what its output throws. */
  confirm(): void;
}

export function fuzzed(): Fuzzed {
  const judge = new LineJudge();
  let fault: unknown;
  const { trailgate, advance } = createTestTrailgate({
    logLevel: 'trace',
    sampling: { rate: 0, ceiling: false },
    ports: {
      write(text) {
        try {
          judge.judge(text);
        } catch (error) {
          fault ??= error;
        }
      },
    },
  });
  return {
    trailgate,
    judge,
    advance,
    confirm() {
      const found = fault;
      fault = undefined;
      if (found !== undefined) throw found;
    },
  };
}
