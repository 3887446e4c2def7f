/** Pictures of every view at three widths, light and dark, to be looked at after a run; nothing is cut off in any of them. */
import { mkdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { SEEN } from './pictures.ts';
import { goTo, onStage } from './stage.ts';
import { drawn, filledViews } from './views.ts';

const stage = onStage();

describe('every view', () => {
  for (const width of [1280, 768, 360]) {
    test(`fits ${width} px in light and dark`, async () => {
      await mkdir(SEEN, { recursive: true });
      const views = await filledViews(stage.sources, Date.now());
      const page = await stage.open('#/', { viewport: { width, height: 900 } });
      for (const { name, hash } of views) {
        await goTo(page, hash);
        await drawn(page);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, name).toBeLessThanOrEqual(0);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await page.screenshot({ path: `${SEEN}${name}-${width}-${colorScheme}.png`, fullPage: true });
        }
      }
    });
  }
});
