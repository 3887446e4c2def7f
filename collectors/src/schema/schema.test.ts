import type { Channel } from '@trailgate/sdk/wire';
import { describe, expect, test } from 'vitest';
import { createCollector } from '../collector.ts';
import { eventOfLines } from '../testing/kinesis-event.ts';
import { MemoryIndex } from '../testing/memory-index.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { logLine, requestLine, rollupLine, trailLine } from '../testing/sdk-lines.ts';
import { FIELD_GROUPS, FIELDS } from './fields.ts';
import { indexMapping } from './index-template.ts';
import { IGNORE_ABOVE } from './mapping.ts';

/** Leaves of a document as dotted names, down to fields that take anything. */
function names(value: unknown, open: ReadonlySet<string>, path = ''): readonly string[] {
  if (open.has(path) || typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, item]) =>
    names(item, open, path === '' ? key : `${path}.${key}`),
  );
}

async function documents(channel: Channel): Promise<readonly unknown[]> {
  const index = new MemoryIndex();
  const stray = logLine(5, { rule: { name: 'mine' } });
  const lines = [
    logLine(0),
    requestLine(1),
    rollupLine(2),
    trailLine(3),
    stray,
    '{"level":"info","a":1}',
    'text',
  ];
  await createCollector(memoryPorts(index))(eventOfLines(...lines));
  return index.all(`${channel}-`);
}

describe.each(['business', 'trail'] as const)('%s', (channel) => {
  const fields = FIELDS[channel];

  test('every field of every document is in the schema, and none is written through an alias', async () => {
    const known = new Set(fields.filter(({ type }) => type !== 'alias').map(({ name }) => name));
    const open = new Set<string>(
      fields.filter(({ type }) => type === 'flat_object' || type === 'stored').map(({ name }) => name),
    );
    const written = new Set((await documents(channel)).flatMap((document) => names(document, open)));
    expect(written.size).toBeGreaterThan(20);
    expect([...written].filter((name) => !known.has(name as never))).toEqual([]);
  });

  test('no field is named twice or stands inside another, and each alias has its field', () => {
    const all = fields.map(({ name }) => name);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((name) => all.some((other) => other.startsWith(`${name}.`)))).toEqual([]);
    for (const field of fields) if (field.type === 'alias') expect(all).toContain(field.path);
  });
});

test('each field is in one group only, and the groups make up the channels', () => {
  const names = Object.values(FIELD_GROUPS).flatMap((group) => group.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  for (const channel of ['business', 'trail'] as const) {
    const composed = [...FIELD_GROUPS.common, ...FIELD_GROUPS[channel]].map(({ name }) => name).sort();
    expect(composed).toEqual(FIELDS[channel].map(({ name }) => name).sort());
  }
});

test('a field that both channels have is of one type', () => {
  for (const field of FIELDS.business) {
    const twin = FIELDS.trail.find(({ name }) => name === field.name);
    if (twin !== undefined) expect(twin).toEqual(field);
  }
});

test('the mapping nests dotted names and refuses what it does not know', () => {
  expect(indexMapping('trail')).toMatchObject({
    dynamic: 'strict',
    date_detection: false,
    properties: {
      '@timestamp': { type: 'date' },
      timestamp: { type: 'alias', path: '@timestamp' },
      log: { properties: { level: { type: 'alias', path: 'level' } } },
      source: { properties: { ip: { type: 'ip', ignore_malformed: true } } },
      error: { properties: { cause: { type: 'object', enabled: false }, type: { type: 'keyword' } } },
      fields: { type: 'flat_object' },
    },
  });
});

test('no keyword can become a term that Lucene refuses, whatever its characters', () => {
  // Three bytes a unit of UTF-16 is the most that UTF-8 takes.
  expect(IGNORE_ABOVE * 3).toBeLessThanOrEqual(32_766);
  expect(Buffer.byteLength('\u{ffff}'.repeat(IGNORE_ABOVE))).toBeLessThanOrEqual(32_766);
});
