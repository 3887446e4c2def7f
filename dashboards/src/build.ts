/** Writes the dashboards as files that Grafana imports or provisions: `npm run build -w dashboards`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { overviewDashboard } from './grafana/overview.ts';

const target = new URL('../dist/grafana/', import.meta.url);
await mkdir(target, { recursive: true });
await writeFile(new URL('overview.json', target), `${JSON.stringify(overviewDashboard(), null, 2)}\n`);
