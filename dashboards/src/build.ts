/** Writes the dashboards as files that Grafana and OpenSearch Dashboards import or provision: `npm run build -w dashboards`. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadRules, shippedRules } from '@trailgate/detectors/rules';
import { grafanaFiles } from './grafana/provisioning-files.ts';
import { alertFiles } from './monitors/alert-files.ts';
import { withAlertTables } from './monitors/alert-tables.ts';
import { openSearchSavedObjects } from './opensearch/open-search-saved-objects.ts';

const { values } = parseArgs({ options: { 'contact-points': { type: 'string', default: 'email' } } });

const written = grafanaFiles(values['contact-points'].split(','));
const grafana = new URL('../dist/grafana/', import.meta.url).pathname;
// What an earlier release wrote, and Grafana would still provision.
await rm(grafana, { recursive: true, force: true });
await cp(new URL('../grafana/', import.meta.url).pathname, grafana, { recursive: true });
for (const [path, content] of written) {
  await mkdir(dirname(join(grafana, path)), { recursive: true });
  await writeFile(join(grafana, path), `${JSON.stringify(content, null, 2)}\n`);
}

const openSearch = new URL('../dist/opensearch/', import.meta.url);
await mkdir(openSearch, { recursive: true });
await writeFile(new URL('trailgate.ndjson', openSearch), openSearchSavedObjects());

const rules = await loadRules(shippedRules());
for (const [path, content] of alertFiles(rules, { channelIds: ['trailgate-alerts'] })) {
  const file = new URL(path, openSearch);
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, content);
}
const page = new URL('../docs/alerts.md', import.meta.url);
await writeFile(page, withAlertTables(await readFile(page, 'utf8'), rules));
