import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { escapes, type Import, importsOf } from './imports.ts';

const root = join(import.meta.dirname, '../..');

/** Design §1: which room may import which of ours. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  sdk: [],
  collectors: ['@trailgate/sdk/wire', '@trailgate/sdk/redaction'],
  detectors: ['@trailgate/sdk/wire', '@trailgate/sdk/limits', '@trailgate/sdk/limits/table'],
  dashboards: ['@trailgate/sdk/wire', '@trailgate/collectors/schema', '@trailgate/detectors/rules'],
  infra: [
    '@trailgate/sdk',
    '@trailgate/sdk/wire',
    '@trailgate/sdk/limits',
    '@trailgate/sdk/limits/table',
    '@trailgate/sdk/propagation',
    '@trailgate/collectors',
    '@trailgate/collectors/opensearch',
    '@trailgate/collectors/s3',
    '@trailgate/collectors/schema',
    '@trailgate/collectors/setup',
    '@trailgate/detectors',
    '@trailgate/detectors/rules',
    '@trailgate/dashboards',
  ],
};

describe.each(Object.entries(ALLOWED))('room %s', (room, allowed) => {
  // Examples are written as a user would, who has the package and nothing of its inside.
  const isExample = ({ file }: Import): boolean => file.startsWith('sdk/examples/');
  const all = importsOf(root, room);
  const imports = all.filter((one) => !isExample(one));

  test('shows examples that import the package by its public names', () => {
    const inside = all.filter(isExample).filter(({ specifier }) => specifier.startsWith('..'));
    expect(inside).toEqual([]);
  });

  test('has files', () => {
    expect(imports.length).toBeGreaterThan(0);
  });

  test('imports of ours only what the design allows', () => {
    const ours = imports.filter(({ specifier }) => specifier.startsWith('@trailgate/'));
    expect(ours.filter(({ specifier }) => !allowed.includes(specifier))).toEqual([]);
  });

  test('reaches into no other room by path', () => {
    expect(escapes(root, room, imports)).toEqual([]);
  });

  test('declares each room it imports as a dependency', () => {
    const manifest = JSON.parse(readFileSync(join(root, room, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
      devDependencies?: Record<string, string>;
    };
    // What is published of infra is bundled: it installs nothing of ours.
    const declared = room === 'infra' ? manifest.devDependencies : manifest.dependencies;
    const used = new Set(
      imports
        .map(({ specifier }) => specifier.split('/').slice(0, 2).join('/'))
        .filter((name) => name.startsWith('@trailgate/')),
    );
    expect([...used].filter((name) => declared?.[name] === undefined)).toEqual([]);
  });
});

describe('the rooms', () => {
  test('stand alone at the top level', () => {
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
      .map((entry) => entry.name);
    expect(folders.sort()).toEqual([...Object.keys(ALLOWED), 'test'].sort());
  });

  test('decide nothing by the clock or by chance of their own', () => {
    const reads = ['sdk', 'collectors', 'detectors']
      .flatMap((room) =>
        readdirSync(join(root, room, 'src'), { recursive: true, encoding: 'utf8' })
          .filter((path) => path.endsWith('.ts') && !/\.test(-\w+)?\.ts$/.test(path))
          .map((path) => join(room, 'src', path)),
      )
      .filter((file) => /\b(?:Date\.now|Math\.random)\(/.test(readFileSync(join(root, file), 'utf8')));
    expect(reads).toEqual([]);
  });

  test('read the environment only in a file named config.ts', () => {
    const readers = Object.keys(ALLOWED)
      .filter((room) => room !== 'infra')
      .flatMap((room) =>
        readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
          .filter(
            (path) =>
              path.endsWith('.ts') &&
              !/node_modules|^examples\/|\.test(-\w+)?\.ts$|(^|\/)config\.ts$/.test(path),
          )
          .map((path) => join(room, path)),
      )
      .filter((file) => readFileSync(join(root, file), 'utf8').includes('process.env'));
    expect(readers).toEqual([]);
  });
});
