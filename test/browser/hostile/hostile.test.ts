/** Whatever a client, a log line, a rule file or the stack says, in any field of any view, stays text. */
import { loadRules, shippedRules } from '@trailgate/detectors';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { visibleJson } from '../../../infra/local/console/client/parts/visible-json.ts';
import { documentText } from '../../../infra/local/console/live/document-text.ts';
import { goTo, onStage } from '../stage.ts';
import { TRAIL } from '../staged-sources.ts';
import { expectText } from './expect-text.ts';
import { foreignParts } from './foreign-parts.ts';
import { PAYLOADS } from './payloads.ts';
import { poisonDocuments, poisonStack } from './poisoned-sources.ts';

const stage = onStage();
const [rule] = await loadRules(shippedRules());
const HEADING = { level: 1 } as const;

async function answered(page: Page, heading: string | RegExp): Promise<void> {
  await page.getByRole('heading', { ...HEADING, name: heading }).waitFor();
  await expect.poll(() => page.locator('.waiting').count()).toBe(0);
}

function poisonAll(texts: readonly string[]): string[] {
  if (rule === undefined) throw new Error('no rule is shipped');
  const now = Date.now();
  poisonStack(stage.sources, texts, rule, now);
  return texts.map((text) => poisonDocuments(stage.sources, text, now));
}

describe('hostile text', () => {
  test('the corpus has at least sixty texts of every context', () => {
    expect(Object.values(PAYLOADS).flat().length).toBeGreaterThanOrEqual(60);
  });

  for (const [context, texts] of Object.entries(PAYLOADS)) {
    test(`${context}: stays text in every field of every view`, async () => {
      const documents = poisonAll(texts);
      await stage.sources.indexed();
      const page = await stage.open();

      await page.locator('.finding').first().waitFor();
      await page.locator('.cap').first().waitFor();
      for (const summary of await page.getByText('Evidence', { exact: true }).all()) await summary.click();
      await expectText(page, texts);

      await goTo(page, '#/trail?channel=all');
      await answered(page, 'Trail');
      await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(texts.length);
      await expectText(page, texts);

      for (const [index, text] of texts.entries()) {
        const finding = documents[index] ?? '';
        await goTo(page, `#/finding/${TRAIL}/${finding}`);
        await answered(page, /^Finding: /);
        await expectText(page, [text]);
        await expectDocument(page, finding);
        const id = encodeURIComponent(text.slice(0, 512).toWellFormed());
        await goTo(page, `#/request/${id}`);
        await answered(page, 'One request');
        expect(await foreignParts(page, [text])).toEqual([]);
      }

      for (const [hash, heading] of [
        ['#/caps', 'Caps'],
        ['#/rules', 'Rules in force'],
        ['#/health', 'Health'],
      ] as const) {
        await goTo(page, hash);
        await answered(page, heading);
        await expectText(page, texts);
      }
    });
  }
});

/** The whole document, as the page lays it out: the same JSON with what cannot be seen as its escape. */
async function expectDocument(page: Page, id: string): Promise<void> {
  const found = await stage.sources.index.get(TRAIL, id);
  await page.locator('.card.finding').getByRole('button', { name: 'Document' }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.locator('pre').textContent()).toBe(visibleJson(documentText(found?.source ?? '')));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}
