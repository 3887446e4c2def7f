/** Runs the contracts against real engines and the real runtime: slow to start, so one file after the other. */
import { defineConfig } from 'vitest/config';

const conditions = ['trail-source', 'node'];

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  ssr: { resolve: { conditions } },
  resolve: { conditions },
  test: {
    name: 'engines',
    include: ['test/{engines,package,runtime}/**/*.test.ts', 'test/faults/real/**/*.test.ts'],
    globalSetup: ['test/engines/shared-opensearch.ts'],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
