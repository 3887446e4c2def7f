/** An OpenSearch after an attack: what dashboards are asked about, with the outside truth to hold their answers against. */
import type { MetricSeries } from '../../../infra/local/cloudwatch/metric-store.ts';
import { EngineDesk } from '../engine-desk.ts';
import { PLANTED, plantedLines } from './planted-lines.ts';
import { runPipeline } from './planted-pipeline.ts';
import { type PlayedAttacks, playAttacks } from './played-attacks.ts';

/** Epoch milliseconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export interface AttackedIndex extends Omit<PlayedAttacks, 'series'> {
  readonly desk: EngineDesk;
  /** In which everything happened but what a wrong clock says. */
  readonly range: TimeRange;
  /** What CloudWatch has, of the attacks and of the planted lines. */
  readonly series: readonly MetricSeries[];
  /** Correlation ids of requests worth a look: that one, one that the limiter refused, one of that client's that was served, one that failed. */
  readonly requests: readonly string[];
  /** Logins, tokens and passwords that were refused, as the clients and the planted lines have it. */
  readonly failedLogins: number;
  readonly quarantined: number;
}

/** The planted lines take some seconds of their own time. */
const BEFORE_MS = 6_000;

/** Takes about a minute. */
export async function attackedIndex(url: string): Promise<AttackedIndex> {
  const desk = new EngineDesk(url);
  const from = Date.now();
  const attacks = await playAttacks(url);
  const planted = await runPipeline(url, await plantedLines(Date.now() - BEFORE_MS));
  await desk.post('/trail-*,business-*/_refresh');
  const range = { from, to: Date.now() };
  const refused = attacks.entries.filter(({ status }) => status === 401).length;
  return {
    ...attacks,
    desk,
    range,
    requests: [
      attacks.correlationId,
      await requestOf(desk, 'trail-*', { principal: attacks.noisy }, range),
      await requestOf(desk, 'business-*', { principal: attacks.noisy }, range),
      await requestOf(desk, 'business-*', { 'error.type': PLANTED.errorType }, range),
    ],
    series: [...attacks.series, ...planted.series],
    failedLogins: refused + PLANTED.failedLogins,
    quarantined: planted.quarantined,
  };
}

/** Takes out again what was written, as far as it says by its own time or service that it is ours. */
export async function forget({ desk, range: { from, to } }: AttackedIndex): Promise<void> {
  const late = [{ wildcard: { _index: '*-late-*' } }, { term: { 'service.name': PLANTED.service } }];
  const should = [{ range: { '@timestamp': { gte: from, lte: to } } }, { bool: { filter: late } }];
  await desk.post('/trail-*,business-*/_delete_by_query?conflicts=proceed', { query: { bool: { should } } });
}

/** The first that says it; of a flood, one whose event was written before they were folded. */
async function requestOf(
  desk: EngineDesk,
  index: string,
  term: Readonly<Record<string, string>>,
  { from, to }: TimeRange,
): Promise<string> {
  const filter = [
    { term },
    { exists: { field: 'correlation_id' } },
    { range: { '@timestamp': { gte: from, lte: to } } },
  ];
  const { hits } = (await desk.post(`/${index}/_search`, { size: 1, query: { bool: { filter } } })) as {
    readonly hits: { readonly hits: readonly { readonly _source: { readonly correlation_id: string } }[] };
  };
  const [first] = hits.hits;
  if (first === undefined) throw new Error(`expected a request with ${JSON.stringify(term)}, got none`);
  return first._source.correlation_id;
}
