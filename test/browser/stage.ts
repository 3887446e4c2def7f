/** What each test of the page begins with: a console over sources by value, and pages on which nothing may go wrong. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type Console, startConsole } from '../../infra/local/console/server.ts';
import { launchChromium } from './chromium.ts';
import { StagedSources } from './staged-sources.ts';
import { openWatched, type WatchedPage } from './watched-page.ts';

export interface Stage {
  readonly browser: Browser;
  readonly sources: StagedSources;
  readonly console: Console;
  /** A page at an address of the console, connected. */
  open(hash?: string, options?: BrowserContextOptions): Promise<Page>;
  /** Ends the console and everything connected to it. */
  goAway(): Promise<void>;
  /** Starts it where it was. */
  comeBack(): Promise<void>;
  /** What went wrong on any page since the last call; it is not held against the test. */
  complaints(): readonly string[];
}

/** Registers the hooks of a test file: a browser for all of its tests, a console for each. */
export function onStage(): Stage {
  let browser: Browser;
  let sources: StagedSources;
  let served: Console;
  let opened: WatchedPage[] = [];
  const excused = new Map<WatchedPage, number>();
  const serve = (port: number): Promise<Console> => startConsole({ port, sources, clock: () => Date.now() });
  const fresh = (): readonly string[] =>
    opened.flatMap((watched) => watched.complaints.slice(excused.get(watched) ?? 0));

  beforeAll(async () => {
    browser = await launchChromium(process.env);
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    sources = new StagedSources();
    served = await serve(0);
  });
  afterEach(async () => {
    const complaints = fresh();
    await Promise.all(opened.map(({ page }) => page.context().close()));
    opened = [];
    await served.stop();
    sources.close();
    expect(complaints).toEqual([]);
  });

  return {
    get browser() {
      return browser;
    },
    get sources() {
      return sources;
    },
    get console() {
      return served;
    },
    open: async (hash = '#/', options = {}) => {
      const watched = await openWatched(browser, `${served.url}${hash}`, options);
      opened.push(watched);
      await watched.page.getByText('live', { exact: true }).waitFor();
      return watched.page;
    },
    goAway: () => served.stop(),
    comeBack: async () => {
      served = await serve(served.port);
    },
    complaints: () => {
      const seen = fresh();
      for (const watched of opened) excused.set(watched, watched.complaints.length);
      return seen;
    },
  };
}

/** Goes to another view of a page that is open. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}
