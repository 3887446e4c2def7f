import { applyIndexSetup, connectOpenSearch } from '@trailgate/collectors/setup';
import { startOpenSearch } from '../../engines/opensearch.ts';
import { realRun } from './real-run.ts';

const engine = await startOpenSearch(undefined);
try {
  const client = connectOpenSearch({ url: engine.url });
  await applyIndexSetup(client, { preset: 'single' });
  await client.close();
  const t = Date.now();
  console.log(
    await realRun(
      {
        seed: Number(process.argv[2]),
        faultMs: Number(process.argv[4] ?? 25000),
        maximumRetryAttempts: Number(process.argv[3]),
      },
      engine.url,
    ),
    Date.now() - t,
  );
} finally {
  await engine.stop();
}
process.exit(0);
