/** The SDK against its budgets, side by side with the loggers that people use today. */
import { extensionRows } from '../extension.ts';
import { atLeast, atMost, type Row } from '../report.ts';
import { emfFlushNs } from './emf.ts';
import { countsAgainstTruth } from './exactness.ts';
import { linesKept } from './loss.ts';
import { interleaved, type Output } from './measure.ts';
import { worstDeviation } from './sampling.ts';
import { bundle, loadCosts } from './sizes.ts';
import type { Name } from './subjects.ts';

const INFO: readonly Name[] = ['trailgate', 'pino', 'powertools', 'console', 'winston'];
const WITH_LEVELS: readonly Name[] = ['trailgate', 'pino', 'powertools', 'winston'];

export async function sdk(rounds: number): Promise<readonly Row[]> {
  return [
    ...(await infoRows('/dev/null', rounds)),
    ...(await infoRows('pipe', rounds)),
    ...(await suppressedRows(rounds)),
    ...(await bufferedRows(rounds)),
    ...(await wrapperRows(rounds)),
    ...(await lossRows()),
    ...(await samplingRows()),
    ...(await countsAgainstTruth()),
    ...(await sizeRows()),
    emfRow(),
    ...(await extensionRows()),
  ];
}

async function infoRows(output: Output, rounds: number): Promise<Row[]> {
  const figures = await interleaved('info', INFO, { rounds, output });
  const { trailgate } = figures;
  const bounds: Partial<Record<Name, number>> = { pino: 0.6, powertools: round(1 / 6) };
  return INFO.filter((name) => name !== 'trailgate').map((peer) => ({
    ...atMost(
      `info line, 8 context fields, ${output}, to ${peer}`,
      round(trailgate.bestNs / figures[peer].bestNs),
      'x',
      bounds[peer] ?? 1,
    ),
    peer: `${peer} ${Math.round(figures[peer].bestNs)} ns, trailgate ${Math.round(trailgate.bestNs)} ns`,
  }));
}

async function suppressedRows(rounds: number): Promise<Row[]> {
  const figures = await interleaved('suppressed', WITH_LEVELS, { rounds, output: '/dev/null' });
  return [
    {
      ...atMost('suppressed line', round(figures.trailgate.bestNs), 'ns', 100),
      peer: told(figures, WITH_LEVELS),
    },
  ];
}

async function bufferedRows(rounds: number): Promise<Row[]> {
  const names = ['trailgate', 'powertools'] as const;
  const figures = await interleaved('buffered', names, { rounds, output: '/dev/null' });
  return [
    {
      ...atMost('buffered detail line', round(figures.trailgate.bestNs), 'ns', 400),
      peer: told(figures, names),
    },
  ];
}

async function wrapperRows(rounds: number): Promise<Row[]> {
  const { trailgate } = await interleaved('wrapper', ['trailgate'], { rounds, output: '/dev/null' });
  return [atMost('wrapper per invocation incl. correlation', round(trailgate.bestNs / 1000), 'us', 5)];
}

async function lossRows(): Promise<Row[]> {
  const kept: string[] = [];
  for (const peer of INFO) if (peer !== 'trailgate') kept.push(`${peer} ${await linesKept(peer)}`);
  return [
    {
      ...atLeast(
        'lines kept of 1000: reader stalled, SIGKILL a tick later',
        await linesKept('trailgate'),
        'lines',
        1000,
      ),
      peer: kept.join(', '),
    },
  ];
}

async function samplingRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const rate of [0.001, 0.01, 0.1]) {
    rows.push(
      atMost(
        `sampling at ${rate * 100} % of 1e6 ids, worst shape`,
        round(await worstDeviation(rate)),
        'sigma',
        3,
      ),
    );
  }
  return rows;
}

async function sizeRows(): Promise<Row[]> {
  const [trailgate, limits, pino] = [await bundle('trailgate'), await bundle('limits'), await bundle('pino')];
  const loads = loadCosts({ trailgate, pino });
  return [
    {
      ...atMost('bundle, minified', trailgate.minified, 'bytes', 95 * 1024),
      peer: `pino ${pino.minified} bytes`,
    },
    { ...atMost('bundle, gzip', trailgate.gzip, 'bytes', 32 * 1024), peer: `pino ${pino.gzip} bytes` },
    {
      ...atMost('import CPU, to pino alone', round(loads.trailgate / loads.pino), 'x', 1.4),
      peer: `pino ${round(loads.pino)} ms, trailgate ${round(loads.trailgate)} ms`,
    },
    atMost('limits bundle, minified', limits.minified, 'bytes', 20 * 1024),
  ];
}

function emfRow(): Row {
  return atMost('EMF of 3 metrics and a further dimension', round(emfFlushNs() / 1000), 'us', 4);
}

function told<N extends Name>(
  figures: Readonly<Record<N, { readonly bestNs: number }>>,
  names: readonly N[],
): string {
  return names
    .filter((name) => name !== 'trailgate')
    .map((name) => `${name} ${Math.round(figures[name].bestNs)} ns`)
    .join(', ');
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
