/** Every view of the page by its address, over a stack on which something has happened or nothing has. */
import { loadRules, shippedRules } from '@trailgate/detectors';
import type { Page } from 'playwright-core';
import { type StagedSources, TRAIL } from './staged-sources.ts';
import { feedAttack, feedRequest, feedStack, feedTraffic } from './traffic.ts';

export interface ViewAddress {
  readonly name: string;
  readonly hash: string;
}

const EMPTY_VIEWS: readonly ViewAddress[] = [
  { name: 'live', hash: '#/' },
  { name: 'trail', hash: '#/trail' },
  { name: 'request', hash: '#/request/unknown' },
  { name: 'finding', hash: `#/finding/${TRAIL}/unknown` },
  { name: 'caps', hash: '#/caps' },
  { name: 'rules', hash: '#/rules' },
  { name: 'health', hash: '#/health' },
  { name: 'no such view', hash: '#/nowhere' },
];

export const emptyViews = (): readonly ViewAddress[] => EMPTY_VIEWS;

/** Fills the sources with an attack, a request across functions and the stack's own figures. */
export async function filledViews(sources: StagedSources, now: number): Promise<readonly ViewAddress[]> {
  feedTraffic(sources, now);
  const finding = feedAttack(sources, now);
  const request = feedRequest(sources, now);
  feedStack(sources, now, await loadRules(shippedRules()));
  await sources.indexed();
  return [
    { name: 'live', hash: '#/' },
    { name: 'trail', hash: '#/trail?channel=all&outcome=failure' },
    { name: 'request', hash: `#/request/${request}` },
    { name: 'finding', hash: `#/finding/${TRAIL}/${finding}` },
    { name: 'caps', hash: '#/caps?tenant=acme&client=ip%3A203.0.113.7' },
    { name: 'rules', hash: '#/rules' },
    { name: 'health', hash: '#/health' },
  ];
}

/** Until the view shows what it has to show: its answer or why there is none. */
export async function drawn(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.waiting').waitFor({ state: 'detached' });
}
