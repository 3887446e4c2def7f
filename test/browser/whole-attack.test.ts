/** The console on the real stack, as `npm start` runs it: an attack from its button to its recovery, and faults that lose nothing. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Console } from '../../infra/local/console/server.ts';
import { startConsoleFor } from '../../infra/local/stack/console-sources.ts';
import { type LocalStack, startLocalStack } from '../../infra/local/stack/local-stack.ts';
import { castFor } from '../../infra/scenarios/cast.ts';
import { Player } from '../../infra/scenarios/player.ts';
import { launchChromium } from './chromium.ts';
import { pictureForReadme } from './pictures.ts';
import { openWatched, type WatchedPage } from './watched-page.ts';

/** Milliseconds in which what the loop does must be seen. */
const SOON = { timeout: 20_000 };
const WINDOW = { width: 1280, height: 900 };

let browser: Browser;
let stack: LocalStack;
let player: Player;
let served: Console;
let watched: WatchedPage;
let page: Page;
/** Whom the detector found, as the page names it. */
let client: string;

beforeAll(async () => {
  browser = await launchChromium(process.env);
  const cast = castFor(1);
  stack = await startLocalStack({
    apiPort: { exactly: 0 },
    users: [...cast.honest, cast.attacker, cast.admin],
    skus: cast.skus,
    trouble: () => undefined,
  });
  player = new Player({ apiUrl: stack.apiUrl, cast, clock: Date.now, say: () => undefined });
  served = await startConsoleFor(stack, { exactly: 0 }, { player, trouble: () => undefined });
  watched = await openWatched(browser, served.url, { viewport: WINDOW });
  page = watched.page;
}, 60_000);

afterAll(async () => {
  await browser?.close();
  player?.stop();
  await served?.stop();
  await stack?.stop();
});

const view = (name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name }).click();
const capOf = (badge: string): Locator =>
  page.locator('.cap', { hasText: client }).filter({ hasText: badge });
const step = (label: string): Locator => page.locator('.step.done', { hasText: label });

/** The status that a login from the attacker's address is answered with. */
async function loginAsAttacker(): Promise<number> {
  const response = await fetch(`${stack.apiUrl}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': client.replace('ip:', '') },
    body: JSON.stringify({ tenant: 'acme', user: 'nobody', password: 'guess' }),
  });
  await response.arrayBuffer();
  return response.status;
}

/** Figures of the delivery ledger: kind, written, indexed, on the way. */
const ledger = (): Promise<string[][]> =>
  page
    .getByRole('table', { name: 'Delivery' })
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));

describe('a whole attack', () => {
  test('is started by its button, fills the trail, is found, capped and refused', async () => {
    await page.getByRole('button', { name: 'Start: Credential stuffing' }).click();
    await page.getByText('the credential-stuffing attack begins in 2 s').waitFor();
    await page
      .getByRole('row', { name: /authn_login_fail/ })
      .first()
      .waitFor(SOON);
    for (const label of [
      'Failed logins fill the trail',
      'A detector finds it',
      'A cap is written',
      'Functions refuse',
    ]) {
      await step(label).waitFor(SOON);
    }
    const finding = page.locator('.finding', { hasText: 'credential-stuffing' }).first();
    await finding.getByText('Evidence').click();
    client = ((await finding.locator('p.log').first().textContent()) ?? '').split(/\s/)[0] ?? '';
    expect(client).toMatch(/^ip:/);
    await expect.poll(loginAsAttacker, SOON).toBe(429);
    const refused = page
      .locator('figure', { hasText: 'Requests a second' })
      .locator('dl.legend > div', { hasText: 'refused' });
    await expect
      .poll(async () => Number(await refused.locator('dd').textContent()), SOON)
      .toBeGreaterThan(150);
    await pictureForReadme(page, 'console-live-light', 1225);
    await page.emulateMedia({ colorScheme: 'dark' });
    await pictureForReadme(page, 'console-live-dark', 1225);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  test('has a finding with the events behind it and the cap it wrote', async () => {
    await page.locator('.finding a.name', { hasText: 'credential-stuffing' }).first().click();
    await page.getByRole('heading', { level: 1, name: /^Finding: / }).waitFor();
    const events = page.getByRole('table', { name: /The events behind it/ });
    await expect
      .poll(() => events.getByRole('row', { name: /authn_login_fail/ }).count(), SOON)
      .toBeGreaterThan(20);
    await capOf('held').waitFor();
    await capOf('held')
      .getByText(/\d+ s left/)
      .waitFor();
    await page.getByText('Fires at').waitFor();
    await pictureForReadme(page, 'console-finding', 960);
    await events.getByRole('button', { name: 'Document' }).first().click();
    const json = page.getByRole('dialog').getByRole('group', { name: 'JSON of the document' });
    expect(JSON.parse((await json.textContent()) ?? '')).toMatchObject({ event: { kind: 'event' } });
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });

  test('is lifted by an operator, whose decision stands whatever detectors find', async () => {
    await view('Caps');
    const time = capOf('requests/s').getByRole('progressbar').first();
    const before = Number(await time.getAttribute('value'));
    await expect.poll(async () => Number(await time.getAttribute('value')), SOON).toBeLessThan(before);
    await page
      .getByRole('button', { name: `Lift: ${client}` })
      .first()
      .click();
    const form = page.getByRole('form', { name: `Lift: ${client}` });
    await form.getByLabel('Minutes').fill('5');
    await form.getByLabel('Why').fill('a test of our own');
    await form.getByRole('button', { name: 'Lift now' }).click();
    await capOf('lifted by an operator').waitFor(SOON);
    await capOf('overruled by an operator').first().waitFor(SOON);
    await pictureForReadme(page, 'console-caps', 700);
    await expect.poll(loginAsAttacker, SOON).not.toBe(429);
    // The attack goes on, and so does the decision.
    for (let again = 0; again < 5; again += 1) expect(await loginAsAttacker()).not.toBe(429);
  });

  test('is held again when the decision is withdrawn', async () => {
    await page.getByRole('button', { name: `Withdraw: ${client}` }).click();
    const form = page.getByRole('form', { name: `Withdraw: ${client}` });
    await form.getByLabel('Why').fill('the test is over');
    await form.getByRole('button', { name: 'Withdraw now' }).click();
    await expect.poll(() => capOf('by an operator').count(), SOON).toBe(0);
  });

  test('one request is followed across functions', async () => {
    await page.goto(
      `${served.url}#/trail?channel=all&kind=request&service=orders&route=POST+%2Forders&outcome=success`,
    );
    const request = page.getByRole('link', { name: 'Request', exact: true }).first();
    await expect
      .poll(
        async () => {
          await page.getByRole('button', { name: 'Refresh' }).click();
          return request.count();
        },
        { ...SOON, interval: 500 },
      )
      .toBe(1);
    await request.click();
    await page.getByRole('heading', { level: 1, name: 'One request' }).waitFor();
    const lanes = page.locator('.lanes .lane > .log');
    await expect
      .poll(() => lanes.allInnerTexts(), SOON)
      .toEqual(expect.arrayContaining(['orders', 'inventory']));
    await pictureForReadme(page, 'console-request', 740);
  });

  test('a killed collector and an absent limits table are said, and pass', async () => {
    await view('Health');
    await page.getByRole('button', { name: 'Kill a collector' }).click();
    await page
      .locator('.happened')
      .getByText(/killed trailgate-collector, process \d+/)
      .waitFor(SOON);
    await page.getByRole('button', { name: 'Take the limits table down' }).click();
    await page.getByText('The limits table is down.').waitFor(SOON);
    await page.getByRole('alert').filter({ hasText: 'The limits table cannot be read' }).waitFor(SOON);
    await pictureForReadme(page, 'console-health', 765);
    await page.getByRole('button', { name: 'Bring the limits table back' }).click();
    await page.locator('.happened').getByText('brought the limits table up again').waitFor(SOON);
    await expect.poll(() => page.getByRole('alert').count(), SOON).toBe(0);
  });

  test('at rest everything that was written is indexed', async () => {
    await view('Live');
    await page.getByRole('button', { name: /^Stop: / }).click();
    await page.getByText('the clients have stopped').waitFor(SOON);
    // Instances that nobody calls any more say their last counts when they are retired.
    await stack.drain();
    await view('Health');
    await expect
      .poll(async () => (await ledger()).every(([, written, indexed]) => written === indexed), {
        timeout: 30_000,
      })
      .toBe(true);
    await page.getByText('Nothing is lost: all that was written is indexed.').waitFor();
    const rows = await ledger();
    expect(rows.map(([kind]) => kind).sort()).toEqual(['log', 'request', 'rollup', 'trail']);
    for (const [kind, written] of rows) expect(Number(written?.replace(/\D/g, '')), kind).toBeGreaterThan(0);
    expect(watched.complaints).toEqual([]);
  });
});
