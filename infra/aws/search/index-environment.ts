/** What a function that writes documents is told about the index by its environment. */
import type { TrailIndex } from './trail-index.ts';

export function indexEnvironment({ url, service }: TrailIndex): Readonly<Record<string, string>> {
  return {
    INDEX_URL: url,
    INDEX_SERVICE: service,
    // By days a collection would soon hold as many indices as it may.
    ...(service === 'aoss' && { INDEX_PERIOD: 'month' }),
  };
}
