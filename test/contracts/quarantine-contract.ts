/** What a replay needs of the place that quarantine is kept in, run against every adapter of it. */
import type { QuarantineEntry } from '@trailgate/collectors';
import type { KeptEntry, KeptFilter, KeptItem, QuarantineStore, Verdict } from '@trailgate/collectors/s3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

export interface KeptPlace {
  /** As another process would open it. */
  open(): QuarantineStore;
  /** Leaves text that is none of ours where entries are kept. */
  spoilEntries(text: string): Promise<void>;
  /** Leaves text where Lambda leaves batches, under a name that only this call has. */
  leaveFailure(text: string): Promise<void>;
}

const AT = Date.parse('2026-11-22T10:00:00.000Z');
const DAY_MS = 86_400_000;

export function keptEntry(number: number, change: Partial<QuarantineEntry> = {}): QuarantineEntry {
  const eventId = String(number).padStart(8, '0');
  return {
    id: `stream-${eventId}`,
    reason: 'index: mapper_parsing_exception',
    origin: { owner: '1', logGroup: '/aws/lambda/orders', logStream: 's', eventId, time: AT, arrival: AT },
    raw: Buffer.from(`line ${number}`).toString('base64'),
    at: AT + number,
    ...change,
  };
}

export function quarantineContract(name: string, newPlace: () => KeptPlace | Promise<KeptPlace>): void {
  describe(`quarantine in ${name}`, () => {
    test('gives back what was put, whatever it holds, and nothing before', async () => {
      const place = await newPlace();
      expect(await entriesIn(place)).toEqual([]);
      await place.open().put([]);
      const entries = [
        keptEntry(1, { raw: Buffer.alloc(1_048_576, 0x80).toString('base64') }),
        keptEntry(2, {
          reason: 'é\u202e\n\u001b[2J',
          origin: { ...keptEntry(2).origin, logGroup: '\u2028' },
        }),
        keptEntry(3, { redacted: true, raw: '' }),
        keptEntry(4, { id: 'x'.repeat(87) }),
      ];
      await place.open().put(entries);
      expect(await entriesIn(place)).toEqual(entries);
    });

    test('an id that is there already changes nothing, on whatever day it comes', async () => {
      const place = await newPlace();
      const entries = [keptEntry(1), keptEntry(2)];
      await place.open().put(entries);
      await place
        .open()
        .put(entries.map((entry) => ({ ...entry, reason: 'later', at: entry.at + 2 * DAY_MS })));
      expect(await entriesIn(place)).toEqual(entries);
    });

    test('is read in pages, of which a pass has each entry once', async () => {
      const place = await newPlace();
      const store = place.open();
      for (let from = 0; from < 1_200; from += 30) {
        await store.put(Array.from({ length: 30 }, (_, number) => keptEntry(from + number)));
      }
      const pages = [];
      for await (const page of place.open().pages({})) pages.push(page.items.length);
      expect(pages.length).toBeGreaterThan(1);
      expect(pages.reduce((sum, length) => sum + length, 0)).toBe(1_200);
      expect(new Set((await itemsIn(place)).map(({ id }) => id)).size).toBe(1_200);
    });

    test('finds by id, reason, time and log group', async () => {
      const place = await newPlace();
      const other = { ...keptEntry(3).origin, logGroup: '/aws/lambda/inventory' };
      await place
        .open()
        .put([keptEntry(1), keptEntry(2, { reason: 'not JSON' }), keptEntry(3, { origin: other })]);
      const found = async (filter: KeptFilter): Promise<readonly string[]> =>
        (await itemsIn(place, filter)).map(({ id }) => id).sort();
      const [one, two, three] = [1, 2, 3].map((number) => keptEntry(number).id);
      expect(await found({ ids: new Set(['stream-00000002', '../etc/passwd', '']) })).toEqual([two]);
      expect(await found({ reason: 'MAPPER_parsing' })).toEqual([one, three]);
      expect(await found({ since: AT + 2 })).toEqual([two, three]);
      expect(await found({ group: '/aws/lambda/orders' })).toEqual([one, two]);
      expect(await found({ group: '/aws/lambda/orders', since: AT + 2, reason: 'json' })).toEqual([two]);
      expect(await found({ since: AT + 400 * DAY_MS })).toEqual([]);
    });

    test('what was replayed is gone, what failed again has its new reason, the rest is as it was', async () => {
      const place = await newPlace();
      await place.open().put([1, 2, 3, 4].map((number) => keptEntry(number)));
      const verdicts = (await itemsIn(place)).flatMap(
        (item): Verdict[] =>
          ({
            'stream-00000001': [{ item, is: 'replayed' as const }],
            'stream-00000002': [{ item, is: 'again' as const, reason: 'another' }],
          })[item.id] ?? [],
      );
      await place.open().settle(verdicts);
      const left = [keptEntry(2, { reason: 'another' }), keptEntry(3), keptEntry(4)];
      expect(await entriesIn(place)).toEqual(left);
      // As a second process would that had read the same page.
      await place.open().settle(verdicts.slice(0, 1));
      expect(await entriesIn(place)).toEqual(left);
      await place
        .open()
        .settle((await itemsIn(place)).map((item) => ({ item, is: 'again', reason: 'a third' })));
      expect((await entriesIn(place)).map(({ reason }) => reason)).toEqual(Array(3).fill('a third'));
      await place.open().settle((await itemsIn(place)).map((item) => ({ item, is: 'replayed' })));
      expect(await entriesIn(place)).toEqual([]);
    });

    test('a pass does not come upon what its own store sets aside or leaves over', async () => {
      const place = await newPlace();
      const entries = Array.from({ length: 60 }, (_, number) => keptEntry(number));
      for (const entry of entries)
        await place.open().put([entry, keptEntry(1_000 + Number(entry.origin.eventId))]);
      const store = place.open();
      const seen: string[] = [];
      for await (const { items } of store.pages({})) {
        seen.push(...items.map(({ id }) => id));
        await store.put(items.map((item) => keptEntry(0, { id: `${item.id}-line` })));
        await store.settle(items.filter((_, at) => at % 2 === 0).map((item) => ({ item, is: 'replayed' })));
      }
      expect(seen).toHaveLength(120);
      expect(new Set(seen).size).toBe(120);
      const left = await entriesIn(place);
      expect(left.filter(({ id }) => id.endsWith('-line'))).toHaveLength(120);
    });

    test('what is none of ours is named, stays, and stands in nobody’s way', async () => {
      const place = await newPlace();
      await place.spoilEntries('{"password":"hunter2"');
      await place.leaveFailure('["hunter2"]');
      await place.open().put([keptEntry(1)]);
      for (let pass = 0; pass < 2; pass++) {
        const unreadable = [];
        const ids = [];
        for await (const page of place.open().pages({})) {
          unreadable.push(...page.unreadable);
          ids.push(...page.items.map(({ id }) => id));
        }
        expect(ids).toEqual([keptEntry(1).id]);
        expect(unreadable).toHaveLength(2);
        expect(unreadable.every(({ place: where, why }) => where !== '' && why.includes('expected'))).toBe(
          true,
        );
        expect(JSON.stringify(unreadable)).not.toContain('hunter2');
      }
    });

    test('any puts in any cut, between any settlings, leave what was put and not replayed since', async () => {
      const ids = fc.uniqueArray(fc.nat(7), { maxLength: 8 });
      const step = fc.record({ put: ids, replay: ids, fail: ids });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
          const place = await newPlace();
          const expected = new Set<string>();
          for (const { put, replay, fail } of steps) {
            await place.open().put(put.map((number) => keptEntry(number)));
            for (const number of put) expected.add(keptEntry(number).id);
            const replayed = new Set(replay.map((number) => keptEntry(number).id));
            const failed = new Set(fail.map((number) => keptEntry(number).id));
            const store = place.open();
            for await (const { items } of store.pages({})) {
              await store.settle(
                items.flatMap((item): Verdict[] => {
                  if (replayed.has(item.id)) return [{ item, is: 'replayed' }];
                  return failed.has(item.id) ? [{ item, is: 'again', reason: `r${steps.length}` }] : [];
                }),
              );
            }
            for (const id of replayed) expected.delete(id);
            const kept = new Set((await itemsIn(place)).map(({ id }) => id));
            expect(kept).toEqual(expected);
          }
        }),
        { numRuns: 8 },
      );
    });
  });
}

export async function itemsIn(place: KeptPlace, filter: KeptFilter = {}): Promise<readonly KeptItem[]> {
  const items: KeptItem[] = [];
  for await (const page of place.open().pages(filter)) items.push(...page.items);
  return items;
}

async function entriesIn(place: KeptPlace): Promise<readonly QuarantineEntry[]> {
  const items = (await itemsIn(place)).filter((item): item is KeptEntry => item.is === 'entry');
  return items.map(({ entry }) => entry).sort((a, b) => (a.id < b.id ? -1 : 1));
}
