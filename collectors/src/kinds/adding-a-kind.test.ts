import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLineRedaction } from '../redaction/line-redaction.ts';
import { routeLine } from '../route/route-line.ts';
import { edgeLine } from '../testing/shaped-line.ts';
import { type Kind, shaperOf } from './kind.ts';
import { KINDS } from './registry.ts';

const PAGE = join(import.meta.dirname, '../../docs/adding-a-kind.md');
const CUT = { lateDays: 14, earlyHours: 2, indexPeriod: 'day' } as const;
const REDACTION = createLineRedaction();

/** The kind of docs/adding-a-kind.md, as it stands there. */
async function kindOfThePage(): Promise<Kind<string>> {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync(PAGE, 'utf8')) ?? [];
  const url = `data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(code))}`;
  const { heartbeatKind } = (await import(/* @vite-ignore */ url)) as {
    readonly heartbeatKind: Kind<string>;
  };
  return heartbeatKind;
}

test('the kind of the page takes its lines and leaves the others', async () => {
  const kinds = [shaperOf(await kindOfThePage()), ...KINDS];
  const own = routeLine(edgeLine('heartbeat db'), kinds, CUT, REDACTION);
  expect(own.to === 'index' && JSON.parse(own.document.source)).toMatchObject({
    message: 'heartbeat',
    event: { dataset: 'heartbeat' },
    fields: { name: 'db' },
  });
  const other = routeLine(edgeLine('hello'), kinds, CUT, REDACTION);
  expect(other.to === 'index' && JSON.parse(other.document.source)).toMatchObject({ message: 'hello' });
});

test('a broken line and a fault in the kind cost that line only', async () => {
  const heartbeatKind = await kindOfThePage();
  const kinds = [
    shaperOf({
      ...heartbeatKind,
      recognise(line) {
        if (line.text === 'heartbeat bad') return { is: 'unreadable', reason: 'heartbeat: bad' };
        return heartbeatKind.recognise(line);
      },
      toDocument(name, line) {
        if (name === 'throws') throw new TypeError('a fault of the kind');
        return heartbeatKind.toDocument(name, line);
      },
    }),
    ...KINDS,
  ];
  expect(routeLine(edgeLine('heartbeat bad'), kinds, CUT, REDACTION)).toEqual({
    to: 'quarantine',
    reason: 'heartbeat: bad',
  });
  expect(routeLine(edgeLine('heartbeat throws'), kinds, CUT, REDACTION)).toEqual({
    to: 'quarantine',
    reason: 'cannot be processed: TypeError',
  });
});
