import { describe, expect, test } from 'vitest';
import { EventStream } from '../../event-stream.ts';
import { ConsoleFeed } from '../../live/console-feed.ts';
import { findingDocument, rollupDocument, trailDocument } from '../../testing/documents.ts';
import { FedSources } from '../../testing/fed-sources.ts';
import { beat, consoleChange, consoleState } from './answer-shapes.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

/** A state as it comes over the wire. */
async function wireState(): Promise<Record<string, unknown>> {
  const sources = new FedSources();
  sources.add('business-x', rollupDocument({ at: NOW, since: NOW - 5_000, statuses: { 200: 5 } }));
  sources.add('trail-x', trailDocument({ at: NOW, action: 'authn_login_fail', outcome: 'failure' }));
  sources.add('trail-x', findingDocument({ at: NOW, message: 'found', evidence: { attempts: 25 } }));
  const operator = {
    kind: 'block',
    by: 'ann',
    why: 'abuse',
    rate: 0,
    burst: 1,
    end: NOW + 60_000,
    seq: 1,
  } as const;
  sources.caps = [{ tenant: 'acme', client: 'ip:203.0.113.7', ver: 1, detectors: {}, operator }];
  const feed = new ConsoleFeed(sources, new EventStream());
  await feed.refreshCaps(NOW);
  return JSON.parse(JSON.stringify(feed.step(NOW))) as Record<string, unknown>;
}

describe('the messages of the event stream', () => {
  test('a state as the console makes it has the shape that the page draws', async () => {
    const state = await wireState();
    expect(state).toMatchObject({ trail: [{}], findings: [{}], caps: [{ decision: 'block' }] });
    expect(consoleState(state)).toBe(true);
  });

  test('a state with a part missing or of another kind is none', async () => {
    const state = await wireState();
    for (const name of Object.keys(state)) {
      expect(consoleState({ ...state, [name]: undefined })).toBe(false);
      expect(consoleState({ ...state, [name]: { odd: 1 } })).toBe(false);
    }
    expect(consoleState({ ...state, trail: [{ cursor: 1 }] })).toBe(false);
    expect([null, 5, 'text', []].some((value) => consoleState(value))).toBe(false);
  });

  test('a change has a time and any of the parts', async () => {
    const { now, caps } = await wireState();
    expect([consoleChange({ now, caps }), consoleChange({ now }), beat({ now })]).toEqual([true, true, true]);
    expect([consoleChange({ caps }), consoleChange({ now, caps: 5 }), beat({})]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
