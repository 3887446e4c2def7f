import type { TrailgateOptions } from '@trailgate/sdk';

export const sampling: NonNullable<TrailgateOptions['sampling']> = {
  rate: 0.01,
  rules: [
    { route: 'POST /payments*', rate: 1 }, // every payment in depth
    { route: 'GET /health', rate: 0 }, // only when it fails or is slow
    { tenant: 'acme', level: 'debug', rate: 0.1 }, // debug lines of one in ten requests of one tenant
  ],
  slowMs: 1000,
  ceiling: { bytesPerSecond: 32_768 },
};
