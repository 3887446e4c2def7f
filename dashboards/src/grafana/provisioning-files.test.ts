import { existsSync, readFileSync } from 'node:fs';
import { indexPattern } from '@trailgate/collectors/schema';
import { expect, test } from 'vitest';
import { CONTACT_KINDS, contactPointsFile } from './alerting/contact-points.ts';
import { DATA_SOURCES } from './data-sources.ts';
import { grafanaFiles } from './provisioning-files.ts';

const FOLDER = new URL('../../grafana/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, FOLDER), 'utf8');

test('the data sources have the uids, types and indices that dashboards and alerts name', () => {
  const text = read('provisioning/datasources/data-sources.yaml');
  const sources = text.split(/^ {2}- /m).slice(1);
  expect(sources).toHaveLength(Object.keys(DATA_SOURCES).length);
  for (const [name, { uid, type, name: title }] of Object.entries(DATA_SOURCES)) {
    const source = sources.find((one) => one.includes(`uid: ${uid}\n`));
    expect(source).toContain(`name: ${title}\n`);
    expect(source).toContain(`type: ${type}\n`);
    if (name !== 'cloudwatch') {
      expect(source).toContain(`database: ${indexPattern(name as 'trail')}\n`);
      // Without one the plugin answers nothing but an error.
      expect(source).toMatch(/version: \d+\.\d+\.\d+\n/);
    }
  }
});

test('the composed Grafana mounts what is built, is of this machine only, and holds no secret', () => {
  const text = read('docker-compose.yaml');
  const files = [...grafanaFiles(['email']).keys()];
  for (const [, folder = ''] of text.matchAll(/- \.\/([\w-]+):/g)) {
    expect(files.some((path) => path.startsWith(`${folder}/`))).toBe(true);
  }
  expect(text).toContain('"127.0.0.1:3000:3000"');
  expect(text).toContain('${GRAFANA_ADMIN_PASSWORD:?');
  expect(text).toMatch(/image: grafana\/grafana:13\.\d+\.\d+\n/);
  expect(read('provisioning/dashboards/dashboards.yaml')).toContain('path: /etc/trailgate/dashboards\n');
  expect(existsSync(new URL('dashboards/.lint', FOLDER))).toBe(true);
});

test('every environment variable that a file asks for is passed on and explained', () => {
  const asked = [
    read('provisioning/datasources/data-sources.yaml').replaceAll(/^#.*$/gm, ''),
    JSON.stringify(contactPointsFile(CONTACT_KINDS)),
  ].flatMap((text) => [...text.matchAll(/(?<!\$)\$([A-Z_]+)/g)].map(([, name]) => name ?? ''));
  const passed = read('docker-compose.yaml');
  const example = read('example.env');
  expect(new Set(asked).size).toBeGreaterThan(4);
  for (const name of asked) {
    expect(passed).toContain(`${name}: \${${name}:`);
    expect(example).toContain(`${name}=`);
  }
});
