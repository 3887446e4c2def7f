/** Expects texts on a page to be there, and to be nothing but text. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { legibleText } from '../../../infra/local/console/live/legible-text.ts';
import { everythingShown, foreignParts } from './foreign-parts.ts';

/** Each text is there as what it is, or with what cannot be seen made visible, and nothing that it could have become is. */
export async function expectText(page: Page, texts: readonly string[]): Promise<void> {
  const wanted = texts.map((text) => legibleText(text));
  await expect
    .poll(
      async () => {
        const shown = await everythingShown(page);
        return wanted.filter((text) => !shown.includes(text));
      },
      { timeout: 5_000 },
    )
    .toEqual([]);
  expect(await foreignParts(page, texts)).toEqual([]);
}
