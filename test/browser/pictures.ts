/** Where the browser tests put what they saw: beside themselves, or where the README's pictures are kept. */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Bytes; a README is read on slow lines too. */
const MAX_README_PICTURE = 250_000;

/** Pictures to look at after a run; ignored by git. */
export const SEEN = fileURLToPath(new URL('pictures/', import.meta.url));

/** CSS pixels. */
const WIDTH = 1280;

/** The page from its top to `height`, as the README shows it: to the folder that PICTURES names, else beside the tests. */
export async function pictureForReadme(page: Page, name: string, height: number): Promise<void> {
  const folder = process.env.PICTURES ?? SEEN;
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  const before = page.viewportSize();
  await page.setViewportSize({ width: WIDTH, height });
  // Pointers and focus rings belong to the test, not to the picture.
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    scrollTo(0, 0);
  });
  await page.screenshot({ path, animations: 'disabled' });
  if (before !== null) await page.setViewportSize(before);
  expect((await stat(path)).size, path).toBeLessThanOrEqual(MAX_README_PICTURE);
}
