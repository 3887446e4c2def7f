/** The live view: what is seen there while it happens. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import {
  findingDocument,
  rollupDocument,
  trailDocument,
} from '../../infra/local/console/testing/documents.ts';
import { onStage } from './stage.ts';
import { BUSINESS, TRAIL } from './staged-sources.ts';
import { feedAttack } from './traffic.ts';

const stage = onStage();

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

describe('the live view', () => {
  test('an empty stack says what it is, what will appear and how to make it happen', async () => {
    const page = await stage.open();
    await page.getByRole('list', { name: /^The loop, / }).waitFor();
    for (const said of [
      'No security events yet',
      'No findings',
      'Nobody is capped',
      'No requests in the last',
    ]) {
      await page.getByText(said).waitFor();
    }
    expect(await page.getByRole('button', { name: /^Start: / }).allInnerTexts()).toEqual([
      'Start: Credential stuffing',
      'Start: Noisy client',
      'Start: Calm weather',
    ]);
    expect(await page.locator('.curl code').textContent()).toBe('curl -i http://127.0.0.1:8080/orders');
    await page.getByRole('button', { name: 'Hide guide' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Show guide' }).waitFor();
  });

  test('charts move as instances report', async () => {
    const page = await stage.open();
    expect(await legend(page, 'Requests a second', 'answered')).toBe('0');
    expect(await highestInk(page, 'Requests a second', '--answered')).toBeLessThan(0.3);
    expect(await highestInk(page, 'Latency', '--p50')).toBe(0);
    const [now, since] = [Date.now(), Date.now() - 30_000];
    for (let second = 1; second <= 20; second += 1) {
      const statuses = { 200: 5 * second, 500: 2 * second };
      const at = now - 25_000 + second * 1_000;
      stage.sources.add(BUSINESS, rollupDocument({ at, since, statuses, latencies: { 20: 5 * second } }));
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
    const page = await stage.open();
    const at = Date.now();
    stage.sources.add(
      TRAIL,
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

    stage.sources.add(TRAIL, findingDocument({ at, message: 'Many users', evidence: { attempts: 25 } }));
    const finding = page.getByRole('listitem').filter({ hasText: 'Many users' });
    await finding.getByText('Evidence').click();
    expect(await finding.locator('dl').textContent()).toBe('attempts25');

    feedAttack(stage.sources, at);
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

  test('the command that calls the API is copied', async () => {
    const page = await stage.open('#/', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('copied', { exact: true }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe('curl -i http://127.0.0.1:8080/orders');
  });

  test('a paused page stands still and catches up', async () => {
    const page = await stage.open();
    await page.getByRole('button', { name: 'Pause' }).click();
    const other = await stage.open();
    stage.sources.add(
      TRAIL,
      trailDocument({ at: Date.now(), action: 'authz_fail', outcome: 'failure', user: 'late' }),
    );
    await other.getByRole('row', { name: 'late' }).waitFor();
    expect(await page.getByRole('row', { name: 'late' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('row', { name: 'late' }).waitFor();
  });
});
