import { createTestTrailgate } from '@trailgate/sdk/testing';
import { staticKey } from '@trailgate/sdk/trail-key';
import { expect, test } from 'vitest';
import { checkTrail } from './trail-chain.ts';

const trailKey = staticKey(new Uint8Array(32).fill(5), 'orders-2026');

async function linesOfThreeEvents(): Promise<readonly string[]> {
  const { trailgate, invoke, lines } = createTestTrailgate({ trailKey });
  const handler = trailgate.wrap(async (target: string) => trailgate.trail.adminAction({ target }));
  for (const target of ['prices', 'users', 'keys']) await invoke(handler, target);
  trailgate.flush();
  return lines.map((line) => line.trimEnd());
}

test('a trail that is as it was written is intact', async () => {
  const report = await checkTrail(await linesOfThreeEvents(), trailKey);
  expect(report).toMatchObject({ ok: true, records: 3, instances: [{ key: 'orders-2026' }] });
});

test('a record that was removed or changed is named', async () => {
  const lines = await linesOfThreeEvents();
  const removed = await checkTrail(
    lines.filter((line) => !line.includes('"target":"users"')),
    trailKey,
  );
  expect(removed.instances[0]?.findings).toMatchObject([{ problem: 'removed', from: 1, to: 1 }]);
  const changed = await checkTrail(
    lines.map((line) => line.replace('"target":"users"', '"target":"logos"')),
    trailKey,
  );
  expect(changed.instances[0]?.findings).toMatchObject([{ problem: 'changed', from: 1, to: 1 }]);
});
