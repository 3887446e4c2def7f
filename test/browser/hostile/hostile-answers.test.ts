/** Hostile text in addresses, refusals and troubles stays text, and a page that took it for markup would be seen. */
import { describe, expect, test } from 'vitest';
import { goTo, onStage } from '../stage.ts';
import { expectText } from './expect-text.ts';
import { foreignParts } from './foreign-parts.ts';
import { PAYLOADS } from './payloads.ts';
import { poisonAnswers } from './poisoned-sources.ts';

const stage = onStage();
const HEADING = { level: 1 } as const;

describe('hostile text', () => {
  test('in the address it stays text, and so it does in refusals and troubles', async () => {
    const page = await stage.open();
    // What an address is too long for is cut before anybody reads it.
    for (const text of Object.values(PAYLOADS)
      .flat()
      .filter(({ length }) => length < 1_000)) {
      const part = encodeURIComponent(text.toWellFormed());
      for (const hash of [
        `#/trail?text=${part}&user=${part}&kind=${part}&page=${part}&__proto__=${part}`,
        `#/request/${part}`,
        `#/finding/${part}/${part}`,
        `#/caps?tenant=${part}&client=${part}`,
        `#/${part}`,
      ]) {
        await goTo(page, hash);
        await page.getByRole('heading', HEADING).waitFor();
        expect(await foreignParts(page, [text]), hash).toEqual([]);
      }
    }
  });

  test('what comes of an order and of a failing part stays text', async () => {
    for (const context of ['html', 'event handlers', 'addresses', 'event stream', 'unicode'] as const) {
      const text = (PAYLOADS[context] ?? []).slice(0, 4).join(' ');
      poisonAnswers(stage.sources, text);
      const page = await stage.open('#/health');
      await page.getByRole('alert').filter({ hasText: 'The limits table cannot be read' }).waitFor();
      await page.getByRole('button', { name: 'Kill a detector' }).click();
      await page.getByText('It was not done.').waitFor();
      await expectText(page, [text]);
      await page.context().close();
    }
  });

  test('a page that did take text for markup would be seen', async () => {
    const page = await stage.open();
    for (const text of [
      ...(PAYLOADS.html ?? []).slice(0, 3),
      '<img src=x onerror="window.pwned=1">',
      '<svg onload=1>',
      '<a href="javascript:1">x</a>',
    ]) {
      await page.evaluate((markup) => {
        const place = document.createElement('div');
        place.innerHTML = markup;
        document.querySelector('main')?.append(place);
      }, text);
      const foreign = await foreignParts(page, [text]);
      expect(foreign, text).not.toEqual([]);
      await page.evaluate(() => document.querySelector('main')?.lastElementChild?.remove());
    }
    await expect.poll(() => stage.complaints().join('\n')).toContain('content-security-policy: script-src');
  });
});
