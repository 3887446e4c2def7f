import { afterAll, beforeAll } from 'vitest';
import { openSearchUrl } from '../opensearch-url.ts';
import { askAlerts } from './alerts.ts';
import { type AttackedIndex, attackedIndex, forget } from './attacked-index.ts';
import { askGrafanaPanels } from './grafana-panels.ts';
import { compareKeyRows } from './key-rows.ts';
import { askSavedObjects } from './saved-objects.ts';

/** One for all: the attacks take a minute. */
let world: AttackedIndex | undefined;

beforeAll(async () => {
  world = await attackedIndex(await openSearchUrl());
});
afterAll(async () => {
  if (world !== undefined) await forget(world);
});

for (const ask of [askGrafanaPanels, askSavedObjects, askAlerts, compareKeyRows]) ask(attacked);

function attacked(): AttackedIndex {
  if (world === undefined) throw new Error('expected the attack to be over');
  return world;
}
