/** Writes docs/costs.md from the estimate, so that page and command say the same. */
import { SIZES } from '../aws/sizes/presets.ts';
import type { SizeName } from '../aws/sizes/size.ts';
import { type EstimateOptions, estimate } from './estimate.ts';
import { PRICES_COLLECTED, US_EAST_1 } from './prices.ts';
import { estimateMarkdown } from './render.ts';

/** Requests a second that each size is meant for, and that its cost is stated at. */
export const SIZE_RATES: Readonly<Record<SizeName, number>> = { dev: 5, small: 200, large: 5_000 };

const INTRO = `# Costs

What each size costs a month at list prices of us-east-1, noted on ${PRICES_COLLECTED}, without a look at the live pages
named below, which are what holds: no free tier, discount, tax or support. The estimate is rough on purpose; what it rests on is in \`infra/cost\`. Unless said otherwise: 1 % of the successes in depth, 1 % of requests failing, two
security events in a hundred requests, 50 ms a request, 3 services with 20 routes in 5 functions.

Of other regions the estimate knows streams, functions and log lines of eu-central-1; everything else is priced as us-east-1, and it says so.
Lines that Lambda itself logs of each invocation are in the sum, though they are paid for without Trailgate too; functions that log at
\`systemLogLevel: WARN\` do not have them, but then their crashes and cold starts are not counted either.
`;

const LEVERS = `## What moves it

- **The index.** An existing domain costs nothing more; a collection begins at one or two capacity units around the clock.
- **Retention of the streams.** Over a day is paid for by the shard hour: more than the shards themselves. It is how far back a replay reaches.
- **Sampling.** Failures, slow requests and the trail are always whole; \`sampleRate\` only moves the successes in depth.
- **Batching windows.** Each batch of the detector reads and stores a state, and each batch of both is logged and traced.
- **Names.** Each service, route and function is some custom metrics.
- **Private network.** Three endpoints in each zone.
`;

export function costsPage(): string {
  const sizes = Object.values(SIZES).flatMap(({ name }) => [
    `## ${name}: ${SIZE_RATES[name].toLocaleString('en-US')} requests a second\n`,
    `${estimateMarkdown(estimate(SIZES[name], { requestsPerSecond: SIZE_RATES[name] }))}\n`,
  ]);
  return [INTRO, choices(), ...sizes, rates(), LEVERS, prices()].join('\n');
}

const CHOICES: readonly (readonly [name: string, options: EstimateOptions])[] = [
  ['domain of its own', {}],
  ['existing domain', { index: 'existing' }],
  ['collection', { index: 'serverless' }],
  ['domain, with the secure API', { api: true }],
];

function choices(): string {
  const names = Object.values(SIZES).map(({ name }) => name);
  const rows = CHOICES.map(([name, options]) => [
    name,
    ...names.map((size) => usd(totalOf(size, SIZE_RATES[size], options))),
  ]);
  return table(['USD a month', ...names], rows);
}

/** How the sum grows with the rate, in one size. */
const RATES = [0, 10, 100, 1_000] as const;

function rates(): string {
  const rows = Object.values(SIZES).map(({ name }) => [
    name,
    ...RATES.map((rate) => usd(totalOf(name, rate, {}))),
  ]);
  const head = ['USD a month', ...RATES.map((rate) => `${rate.toLocaleString('en-US')}/s`)];
  return `## By rate\n\n${table(head, rows)}`;
}

function prices(): string {
  const rows = Object.values(US_EAST_1).map(({ usd: price, per, source }) => [
    per,
    price.toLocaleString('en-US', { maximumFractionDigits: 10 }),
    `<${source}>`,
  ]);
  return `## Prices\n\n${table(['one', 'USD', 'source'], rows)}`;
}

function totalOf(size: SizeName, requestsPerSecond: number, options: EstimateOptions): number {
  return estimate(SIZES[size], { requestsPerSecond }, options).total;
}

function usd(amount: number): string {
  return Math.round(amount).toLocaleString('en-US');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}
