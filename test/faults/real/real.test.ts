import { applyIndexSetup, connectOpenSearch } from '@trailgate/collectors/setup';
import { beforeAll, expect, test } from 'vitest';
import { openSearchUrl } from '../../engines/opensearch-url.ts';
import { realRun } from './real-run.ts';
import { PROXY_MODES } from './tcp-proxy.ts';

let openSearch: string;
beforeAll(async () => {
  openSearch = await openSearchUrl();
  const client = connectOpenSearch({ url: openSearch });
  await applyIndexSetup(client, { preset: 'single' });
  await client.close();
});

test.each([
  ['retried without end', -1],
  ['given up at the first failure, and replayed', 0],
] as const)(
  'kills at any moment and a bad network: nothing lost, twice or invented, %s',
  { timeout: 180_000 },
  async (_, maximumRetryAttempts) => {
    const seed = Date.now() % 1_000_000;
    const { violations, ...facts } = await realRun(
      { seed, faultMs: 25_000, maximumRetryAttempts },
      openSearch,
    );
    console.info(`real run ${seed}:`, facts);
    expect(violations, `seed ${seed}`).toEqual([]);
    expect(facts.kills).toBeGreaterThan(3);
    expect(facts.lines).toBeGreaterThan(200);
    expect(facts.quarantined).toBeGreaterThan(5);
    expect([...facts.struck.keys()].sort()).toEqual([...PROXY_MODES].sort());
  },
);
