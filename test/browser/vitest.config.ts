/** The console in a real browser: `npm run test:browser`. */
import { defineConfig } from 'vitest/config';

const conditions = ['trail-source', 'node'];

export default defineConfig({
  ssr: { resolve: { conditions } },
  resolve: { conditions },
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Each file has a browser of its own, and one of them a whole stack beside it.
    maxWorkers: 2,
  },
});
