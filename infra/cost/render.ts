/** An estimate as people read it: a table for the terminal, and one for a page. */
import type { CostItem } from './cost-item.ts';
import type { Estimate } from './estimate.ts';

/** Less than this is one line together. */
const SMALL_USD = 0.5;

/** Lines of at most some 90 columns, without an end. */
export function renderEstimate(estimate: Estimate): string {
  const rows = rowsOf(estimate);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column as 0 | 1 | 2].length)));
  const [part = 0, amount = 0, usd = 0] = widths;
  return [
    ...rows.map((row) => `${row[0].padEnd(part)}  ${row[1].padStart(amount)}  ${row[2].padStart(usd)}`),
    ...notesOf(estimate),
  ].join('\n');
}

/** The table of docs/costs.md. */
export function estimateMarkdown(estimate: Estimate): string {
  const [head, ...body] = rowsOf(estimate);
  const line = (cells: readonly string[] = []): string => `| ${cells.join(' | ')} |`;
  return [line(head), '| --- | ---: | ---: |', ...body.map(line)].join('\n');
}

type Row = readonly [part: string, amount: string, usd: string];

function rowsOf({ items, total, idle }: Estimate): readonly Row[] {
  const large = items.filter(({ usdPerMonth }) => usdPerMonth >= SMALL_USD);
  const rest = items.filter(({ usdPerMonth }) => usdPerMonth > 0 && usdPerMonth < SMALL_USD);
  return [
    ['part', 'a month', 'USD'],
    ...large.map((item): Row => [item.part, amountOf(item), usdOf(item.usdPerMonth)]),
    ...(rest.length === 0
      ? []
      : [[`${rest.length} more, each under ${SMALL_USD} USD`, '', usdOf(totalOf(rest))] as const]),
    ['total', '', usdOf(total)],
    ['of this without a request', '', usdOf(idle)],
  ];
}

function notesOf({ note, unpriced }: Estimate): readonly string[] {
  return [
    note,
    ...(unpriced.length === 0 ? [] : [`Not in the total, for want of a price: ${unpriced.join(', ')}.`]),
  ];
}

function amountOf({ quantity, unit }: CostItem): string {
  const digits = quantity < 10 ? 2 : 0;
  const text = quantity.toLocaleString('en-US', { maximumFractionDigits: digits });
  return `${text} ${unit}`;
}

function usdOf(usd: number): string {
  const digits = usd < 100 ? 2 : 0;
  return usd.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function totalOf(items: readonly CostItem[]): number {
  return items.reduce((sum, { usdPerMonth }) => sum + usdPerMonth, 0);
}
