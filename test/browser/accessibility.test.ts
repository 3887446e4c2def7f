/** Every view can be read and used by everybody: by screen reader, by keyboard alone, in light and dark, narrow and magnified. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { goTo, onStage } from './stage.ts';
import { drawn, emptyViews, filledViews, type ViewAddress } from './views.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const stage = onStage();

/** A line for each serious or critical violation, with where it is. */
async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${impact} ${id}: ${target.join(' ')}: ${failureSummary}`),
    );
}

async function expectNoViolations(page: Page, views: readonly ViewAddress[]): Promise<void> {
  // Given over the debugging protocol, to which the page's security policy does not apply.
  await page.evaluate(await readFile(AXE, 'utf8'));
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const { name, hash } of views) {
      await goTo(page, hash);
      await drawn(page);
      found.push(...(await violations(page)).map((line) => `${name}, ${colorScheme}: ${line}`));
    }
  }
  expect(found).toEqual([]);
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    return `${element?.getAttribute('aria-label') ?? element?.getAttribute('aria-labelledby') ?? element?.textContent?.trim() ?? ''}`;
  });

/** Presses Tab until what has the focus is called so; its focus has to be seen. */
async function tabTo(page: Page, name: string, presses = 80): Promise<void> {
  for (let press = 0; press < presses; press += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page)) !== name) continue;
    const ring = await page.evaluate(() => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(
        document.activeElement ?? document.body,
      );
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    });
    expect(ring, `the focus on ${name} is seen`).toBe(true);
    return;
  }
  throw new Error(`Tab does not reach ${name}`);
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('accessibility', () => {
  test('axe finds nothing serious in a view that has something to show', async () => {
    const views = await filledViews(stage.sources, Date.now());
    await expectNoViolations(await stage.open(), views);
  });

  test('axe finds nothing serious in a view that has nothing to show', async () => {
    await expectNoViolations(await stage.open(), emptyViews());
  });

  test('axe finds nothing serious in an open document and in a form with mistakes', async () => {
    const views = await filledViews(stage.sources, Date.now());
    const page = await stage.open(views[1]?.hash);
    await page.getByRole('button', { name: 'Document' }).first().click();
    await page.getByRole('dialog').locator('pre').waitFor();
    await expectNoViolations(page, []);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await goTo(page, '#/caps');
    await page.getByRole('button', { name: 'Block now' }).click();
    await page.locator('.problem').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
    expect(await violations(page)).toEqual([expect.stringContaining('critical button-name')]);
  });

  test('every view and every action is reached and used by keyboard alone', async () => {
    await filledViews(stage.sources, Date.now());
    stage.sources.playing = { ...stage.sources.playing, scenario: null, attackFrom: null, attackUntil: null };
    const page = await stage.open();
    await page.locator('.finding').first().waitFor();
    await tabTo(page, 'Skip to content');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
    await tabTo(page, 'Start: Credential stuffing');
    await page.keyboard.press('Enter');
    await expect.poll(() => stage.sources.given).toEqual([{ scenario: 'credential-stuffing' }]);
    for (const stop of ['Copy', 'findings', 'Evidence', 'caps', 'trail']) await tabTo(page, stop);

    for (const [link, heading] of [
      ['Rules', 'Rules in force'],
      ['Health', 'Health'],
      ['Trail', 'Trail'],
    ] as const) {
      await tabTo(page, link);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    }

    await page.getByRole('row').nth(1).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('search-text');
    await page.keyboard.type('user17');
    await page.keyboard.press('Enter');
    await page.getByText('1 document', { exact: true }).waitFor();
    await tabTo(page, 'Document');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').locator('pre').waitFor();
    for (let press = 0; press < 8; press += 1) {
      await page.keyboard.press('Tab');
      // Between two rounds the focus may be at the browser's own bar, but never behind the dialog.
      expect(await page.evaluate(() => document.activeElement?.closest('dialog, body')?.tagName)).toMatch(
        /DIALOG|BODY/,
      );
      expect(await page.evaluate(() => document.activeElement?.closest('main table'))).toBeNull();
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Document');

    await tabTo(page, 'Caps');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Lift: ip:203.0.113.7');
    await page.keyboard.press('Enter');
    await page.getByRole('form', { name: 'Lift: ip:203.0.113.7' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Lift: ip:203.0.113.7');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toMatch(/-minutes$/);
    await page.keyboard.press('Tab');
    await page.keyboard.type('a partner');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => stage.sources.given.at(-1))
      .toMatchObject({ decision: 'allow', client: 'ip:203.0.113.7', why: 'a partner', minutes: 15 });
  });

  test('no view scrolls sideways at 360 px, nor magnified twice', async () => {
    const views = await filledViews(stage.sources, Date.now());
    for (const viewport of [
      { width: 360, height: 740 },
      { width: 640, height: 450 },
    ]) {
      const page = await stage.open('#/', { viewport });
      for (const { name, hash } of views) {
        await goTo(page, hash);
        await drawn(page);
        expect(await overflow(page), `${name} at ${viewport.width} px`).toBeLessThanOrEqual(0);
      }
    }
  });
});
