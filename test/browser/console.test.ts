import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Console, startConsole } from '../../infra/local/console/server.ts';
import {
  findingDocument,
  rollupDocument,
  trailDocument,
} from '../../infra/local/console/testing/documents.ts';
import { FedSources } from '../../infra/local/console/testing/fed-sources.ts';
import { launchChromium } from './chromium.ts';
import { feedAttack, feedTraffic, HOSTILE_IMAGE, HOSTILE_SCRIPT } from './traffic.ts';
import { openWatched, type WatchedPage } from './watched-page.ts';

const PICTURES = fileURLToPath(new URL('pictures/', import.meta.url));

let browser: Browser;
let sources: FedSources;
let served: Console;
const opened: WatchedPage[] = [];

beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  browser = await launchChromium(process.env);
});
afterAll(async () => {
  await browser?.close();
});
beforeEach(async () => {
  sources = new FedSources();
  served = await serve(0);
});
afterEach(async () => {
  const complaints = opened.flatMap((watched) => watched.complaints);
  await Promise.all(opened.splice(0).map(({ page }) => page.context().close()));
  await served.stop();
  expect(complaints).toEqual([]);
});

const serve = (port: number): Promise<Console> => startConsole({ port, sources, clock: () => Date.now() });

async function open(options: Parameters<typeof openWatched>[2] = {}): Promise<Page> {
  const watched = await openWatched(browser, served.url, options);
  opened.push(watched);
  return watched.page;
}

/** The legend's number of a chart's line, as text. */
const legend = (page: Page, chart: string, line: string): Promise<string | null> =>
  page
    .locator('figure', { hasText: chart })
    .locator('dl.legend > div', { hasText: line })
    .locator('dd')
    .textContent();

/** How far up a chart a line of this colour reaches, from 0 (bottom or not drawn) to 1. */
const highestInk = (page: Page, chart: string, colour: string): Promise<number> =>
  page
    .locator('figure', { hasText: chart })
    .locator('canvas')
    .evaluate((element, variable) => {
      const canvas = element as HTMLCanvasElement;
      const hex = getComputedStyle(canvas).getPropertyValue(variable).trim();
      const wanted = [1, 3, 5].map((index) => Number.parseInt(hex.slice(index, index + 2), 16));
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      for (let index = 0; index < data.length; index += 4) {
        const isInk = wanted.every((part, offset) => Math.abs((data[index + offset] ?? 0) - part) < 40);
        if (isInk && (data[index + 3] ?? 0) > 128) {
          return 1 - Math.floor(index / 4 / canvas.width) / canvas.height;
        }
      }
      return 0;
    }, colour);

describe('the console page', () => {
  test('an empty stack says what will appear and how to make it happen', async () => {
    const page = await open();
    await page.getByText('live', { exact: true }).waitFor();
    const command = page.getByText('npm start -- --play credential-stuffing');
    expect(await command.count()).toBe(4);
    expect(await page.locator('.curl code').textContent()).toBe('curl -i http://127.0.0.1:8080/orders');
    await page.screenshot({ path: `${PICTURES}empty-1280.png`, fullPage: true });
  });

  test('charts move as instances report', async () => {
    const page = await open();
    await page.getByText('live', { exact: true }).waitFor();
    expect(await legend(page, 'Requests a second', 'answered')).toBe('0');
    expect(await highestInk(page, 'Requests a second', '--answered')).toBeLessThan(0.3);
    expect(await highestInk(page, 'Latency', '--p50')).toBe(0);
    const [now, since] = [Date.now(), Date.now() - 30_000];
    for (let second = 1; second <= 20; second += 1) {
      const statuses = { 200: 5 * second, 500: 2 * second };
      const at = now - 25_000 + second * 1_000;
      sources.add('business-x', rollupDocument({ at, since, statuses, latencies: { 20: 5 * second } }));
    }
    await expect.poll(() => legend(page, 'Requests a second', 'answered')).toBe('100');
    expect(await legend(page, 'Errors a second', 'failed')).toBe('40');
    expect(Number.parseFloat((await legend(page, 'Latency', 'median')) ?? '')).toBeCloseTo(20, 0);
    for (const [chart, line] of [
      ['Requests a second', 'answered'],
      ['Errors a second', 'errors'],
      ['Latency', 'p50'],
    ] as const) {
      await expect.poll(() => highestInk(page, chart, `--${line}`)).toBeGreaterThan(0.7);
    }
    const requests = page.locator('figure', { hasText: 'Requests a second' });
    await requests.locator('.u-over').hover({ position: { x: 20, y: 20 } });
    await requests.getByText(/^\d\d:\d\d:\d\d UTC$/).waitFor();
    expect(await legend(page, 'Requests a second', 'answered')).toBe('0');
  });

  test('trail rows, a finding and a cap arrive while the page is open', async () => {
    const page = await open();
    await page.getByText('live', { exact: true }).waitFor();
    const at = Date.now();
    sources.add(
      'trail-x',
      trailDocument({ at, action: 'authn_login_fail', outcome: 'failure', user: 'eve' }),
    );
    const row = page.getByRole('row', { name: 'eve' });
    await row.waitFor();
    expect(await row.getByRole('cell').allInnerTexts()).toEqual([
      new Date(at).toISOString().slice(11, 19),
      'authn_login_fail',
      'failure',
      'ip:203.0.113.7',
      'eve',
      '203.0.113.7',
      'POST /login',
      '1',
    ]);

    sources.add('trail-x', findingDocument({ at, message: 'Many users', evidence: { attempts: 25 } }));
    const finding = page.getByRole('listitem').filter({ hasText: 'credential-stuffing' });
    await finding.getByText('Many users').waitFor();
    await finding.getByText('Evidence').click();
    expect(await finding.locator('dl').textContent()).toBe('attempts25');

    feedAttack(sources, at);
    const cap = page.locator('.cap', { hasText: 'ip:203.0.113.7' });
    await cap.waitFor();
    expect(await cap.textContent()).toMatch(
      /held[\s\S]*0\.05 of 50 requests\/s on\s+class auth[\s\S]*\d min \d\d s left, begins to rise in \d min \d\d s/,
    );
    const bar = cap.getByRole('progressbar', { name: 'Time left of the cap on ip:203.0.113.7' });
    expect(Number(await bar.getAttribute('value'))).toBeGreaterThan(0.9);
    expect(await page.locator('.cap', { hasText: 'user:integration-7' }).textContent()).toContain(
      'rising back',
    );
  });

  test('what an attacker logged stays text', async () => {
    feedAttack(sources, Date.now());
    const page = await open();
    await page.getByRole('row', { name: HOSTILE_IMAGE }).waitFor();
    await page.locator('.finding', { hasText: HOSTILE_SCRIPT }).waitFor();
    await page.locator('.finding').getByText('Evidence').click();
    await page.locator('.finding dl').getByText(HOSTILE_IMAGE).waitFor();
    expect(await page.locator('img, body script').count()).toBe(0);
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  });

  test('the command that calls the API is copied', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('copied', { exact: true }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe('curl -i http://127.0.0.1:8080/orders');
  });

  test('a lost connection is said, and the page recovers by itself with what it missed', async () => {
    const page = await open();
    await page.getByText('live', { exact: true }).waitFor();
    await served.stop();
    await page.getByText('connection lost, reconnecting…').waitFor();
    await page.screenshot({ path: `${PICTURES}lost-1280.png` });
    sources.add(
      'trail-x',
      trailDocument({ at: Date.now(), action: 'authz_fail', outcome: 'failure', user: 'mallory' }),
    );
    served = await serve(served.port);
    await page.getByRole('row', { name: 'mallory' }).waitFor();
    await page.getByText('live', { exact: true }).waitFor();
  });

  test('a paused page stands still and catches up', async () => {
    const page = await open();
    await page.getByText('live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    const other = await open();
    sources.add(
      'trail-x',
      trailDocument({ at: Date.now(), action: 'authz_fail', outcome: 'failure', user: 'late' }),
    );
    await other.getByRole('row', { name: 'late' }).waitFor();
    expect(await page.getByRole('row', { name: 'late' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('row', { name: 'late' }).waitFor();
  });

  test('everything that scrolls or acts is reached by keyboard', async () => {
    feedAttack(sources, Date.now());
    const page = await open();
    await page.locator('.cap').first().waitFor();
    const reached: string[] = [];
    for (let press = 0; press < 12; press += 1) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(() => {
          const element = document.activeElement;
          return element?.getAttribute('aria-labelledby') ?? element?.textContent?.trim().slice(0, 20) ?? '';
        }),
      );
    }
    for (const stop of ['Pause', 'Copy', 'caps', 'findings', 'Evidence', 'trail'])
      expect(reached).toContain(stop);
  });

  for (const width of [1280, 768, 360]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`fits ${width} px in ${colorScheme}`, async () => {
        const now = Date.now();
        feedTraffic(sources, now);
        feedAttack(sources, now);
        const page = await open({ viewport: { width, height: 900 }, colorScheme });
        await page.locator('.cap').first().waitFor();
        await page.getByRole('table').waitFor();
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
        await page.locator('.finding').getByText('Evidence').click();
        await page.screenshot({ path: `${PICTURES}console-${width}-${colorScheme}.png`, fullPage: true });
      });
    }
  }
});
