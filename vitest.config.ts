import { defineConfig } from 'vitest/config';

const conditions = ['trail-source', 'node'];

export default defineConfig({
  ssr: { resolve: { conditions } },
  resolve: { conditions },
  test: {
    // Validating each template against CloudFormation's schemas takes five seconds a stack; one test does so.
    env: { CDK_VALIDATION: 'false' },
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: [
            '{sdk,collectors,detectors,dashboards,infra}/**/*.test.ts',
            'test/{rooms,contracts,bundles,faults}/**/*.test.ts',
          ],
          exclude: ['test/faults/real/**'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'loop',
          include: ['test/loop/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
