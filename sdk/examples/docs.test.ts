import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const SDK = new URL('..', import.meta.url).pathname;
const EXAMPLES = join(SDK, 'examples');

const PAGES = [
  'README.md',
  ...readdirSync(join(SDK, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

/** A block of TypeScript, and the marker before it where there is one. */
const BLOCK = /(?:<!-- example: (?<name>[\w.-]+\.ts) -->\n\n?)?```ts\n(?<code>[\s\S]*?)```/g;
const LINK = /\]\((?<target>[^)\s]+)\)/g;
const SCHEME = /^[a-z]+:/;

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(join(SDK, page), 'utf8');

  test('shows TypeScript that is an example, byte for byte', () => {
    for (const { groups } of text.matchAll(BLOCK)) {
      expect(groups?.name, `no marker before:\n${groups?.code}`).toBeDefined();
      expect(groups?.code).toBe(readFileSync(join(EXAMPLES, groups?.name ?? ''), 'utf8'));
    }
  });

  test('links to files and headings that are there', () => {
    const broken = [...text.matchAll(LINK)]
      .map(({ groups }) => groups?.target ?? '')
      .filter((target) => !SCHEME.test(target) && !resolves(target, page));
    expect(broken).toEqual([]);
  });
});

test('every example is run by a test beside it', () => {
  const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('.ts'));
  const examples = files.filter((file) => !file.endsWith('.test.ts'));
  expect(examples.length).toBeGreaterThan(0);
  expect(examples.filter((file) => !files.includes(file.replace(/\.ts$/, '.test.ts')))).toEqual([]);
});

test('every example is shown on a page', () => {
  const shown = PAGES.flatMap((page) =>
    [...readFileSync(join(SDK, page), 'utf8').matchAll(BLOCK)].map(({ groups }) => groups?.name),
  );
  const examples = readdirSync(EXAMPLES).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  expect(examples.filter((file) => !shown.includes(file))).toEqual([]);
});

function resolves(target: string, page: string): boolean {
  const [path, heading] = target.split('#') as [string, string | undefined];
  const file = path === '' ? join(SDK, page) : join(SDK, dirname(page), path);
  if (!existsSync(file)) return false;
  return heading === undefined || headings(readFileSync(file, 'utf8')).includes(heading);
}

/** As GitHub makes anchors of headings. */
function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    (title ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}
