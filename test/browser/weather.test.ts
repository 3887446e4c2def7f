/** Bad weather between the page and what it asks: said where it happens, and over by itself. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { trailDocument } from '../../infra/local/console/testing/documents.ts';
import type { IndexResult } from '../../infra/local/index/index-search.ts';
import { goTo, onStage } from './stage.ts';
import { TRAIL } from './staged-sources.ts';
import { filledViews } from './views.ts';

const stage = onStage();
const failed = (user: string): object =>
  trailDocument({ at: Date.now(), action: 'authz_fail', outcome: 'failure', user });

/** Until the page has asked by itself, with some room for a wait that doubles. */
const BY_ITSELF = { timeout: 20_000 };

/** Answers the next searches in the console's place; the rest is the console's again. */
async function answerSearches(page: Page, times: number, body: string, status: number): Promise<void> {
  await page.route(
    '**/api/search?*',
    (route) => route.fulfill({ status, body, contentType: 'application/json' }),
    { times },
  );
}

describe('bad weather', () => {
  test('an index that cannot be reached is said in the view and above it, and the page recovers by itself', async () => {
    const { sources } = stage;
    sources.add(TRAIL, failed('mallory'));
    await sources.indexed();
    const { search } = sources.index;
    const { documentsAfter } = sources;
    const unreachable = (): never => {
      throw new Error('connect ECONNREFUSED 127.0.0.1:9200');
    };
    Object.assign(sources, { documentsAfter: unreachable });
    Object.assign(sources.index, { search: unreachable });
    const page = await stage.open('#/trail');
    await page.getByText('There is no answer for the documents.').waitFor();
    await page.getByText(/Tried again by itself in \d/).waitFor();
    await page
      .getByRole('alert')
      .filter({ hasText: 'The index cannot be read: connect ECONNREFUSED' })
      .waitFor();
    Object.assign(sources, { documentsAfter });
    Object.assign(sources.index, { search });
    await page.getByRole('row', { name: /mallory/ }).waitFor(BY_ITSELF);
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
  });

  test('what was shown stays, marked as old, while the console cannot answer', async () => {
    const views = await filledViews(stage.sources, Date.now());
    const page = await stage.open(views.find(({ name }) => name === 'finding')?.hash);
    const events = page.getByRole('table', { name: /^The events behind it/ });
    await events.getByRole('row', { name: /user17/ }).waitFor();
    const body = '{"error":{"code":"INDEX","message":"the index is starting"}}';
    await page.route('**/api/finding?*', (route) => route.fulfill({ status: 503, body }), { times: 1 });
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText('the index is starting').waitFor();
    await page.getByText('What is shown below is that old.').waitFor();
    expect(await events.getByRole('row', { name: /user17/ }).count()).toBe(1);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('What is shown below is that old.').waitFor({ state: 'detached' });
  });

  test('an answer that is none is said, and asked for again', async () => {
    stage.sources.add(TRAIL, failed('mallory'));
    await stage.sources.indexed();
    const page = await stage.open();
    for (const body of ['{"rows":[{"index":7}],"total":"many"}', '<html>', '']) {
      await answerSearches(page, 1, body, 200);
      await goTo(page, '#/trail');
      await page.getByText('The console answered something that this page cannot read.').waitFor();
      await page.getByRole('row', { name: /mallory/ }).waitFor(BY_ITSELF);
      await goTo(page, '#/');
    }
  });

  test('a slow answer is said to be slow, and never overwrites a newer one', async () => {
    stage.sources.add(TRAIL, failed('early'));
    stage.sources.add(TRAIL, failed('late'));
    await stage.sources.indexed();
    const page = await stage.open();
    const held = Promise.withResolvers<void>();
    await page.route('**/api/search?*user=early*', async (route) => {
      await held.promise;
      // The page has let go of this call meanwhile, which is what is tested.
      await route.continue().catch(() => undefined);
    });
    await goTo(page, '#/trail?user=early');
    await page.getByText('Still waiting for the documents').waitFor();
    await goTo(page, '#/trail?user=late');
    await page.getByRole('row', { name: /late/ }).waitFor();
    held.resolve();
    await goTo(page, '#/trail?user=late&range=1h');
    await page.getByRole('row', { name: /late/ }).waitFor();
    expect(await page.getByRole('row', { name: /early/ }).count()).toBe(0);
  });

  test('a hundred thousand matches come page by page and leave the page quick', async () => {
    const source = JSON.stringify(failed('one of many'));
    const search = async ({ page = '0', limit }: { page?: string; limit: number }): Promise<IndexResult> => {
      const from = Number(page);
      const documents = Array.from({ length: limit }, (_, index) => ({
        index: TRAIL,
        id: `id-${from + index}`,
        source,
      }));
      return {
        documents,
        total: 10_000,
        exact: false,
        next: from + limit < 100_000 ? String(from + limit) : null,
      };
    };
    Object.assign(stage.sources.index, { search });
    const page = await stage.open('#/trail');
    await page.getByText(/^more than 10\s000 documents$/).waitFor();
    for (let shown = 50; shown < 800; shown += 50) {
      await page.getByText(new RegExp(`Rows [\\d,]+ to ${shown}[.;]`)).waitFor();
      await page.getByRole('button', { name: 'More' }).click();
    }
    await page.getByText('the ones before were let go to keep the page quick').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThanOrEqual(601);
    await page.getByRole('button', { name: 'Back to the newest' }).click();
    await page.getByText(/Rows 1 to 50[.;]/).waitFor();
  });

  test('a lost stream is said, and the page recovers by itself with what it missed', async () => {
    const page = await stage.open();
    await stage.goAway();
    await page.getByText('connection lost, reconnecting…').waitFor();
    await page.getByText('Nothing new has come from the console since then.').waitFor();
    stage.sources.add(TRAIL, failed('mallory'));
    await stage.comeBack();
    await page.getByRole('row', { name: 'mallory' }).waitFor(BY_ITSELF);
    await page.getByText('live', { exact: true }).waitFor();
    expect(await page.getByText('Nothing new has come').count()).toBe(0);
  });

  test('a stream whose words cannot be read is said, and opened again', async () => {
    const page = await stage.open();
    await page.route(
      '**/events',
      (route) =>
        route.fulfill({
          contentType: 'text/event-stream',
          body: 'event: snapshot\ndata: {"now":"soon"}\n\n',
        }),
      { times: 1 },
    );
    await stage.goAway();
    await stage.comeBack();
    await page.getByText('the console’s words cannot be read, asking again…').waitFor(BY_ITSELF);
    await page.getByText('live', { exact: true }).waitFor(BY_ITSELF);
  });
});
