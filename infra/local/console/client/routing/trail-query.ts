/** What a search of the trail asks for, as the address bar and the console's API have it. */
import { CHANNELS, FILTERS, type Filter, type SearchedChannel } from '../../answers.ts';

/** Times that are counted back from now; the empty one asks for no time. */
export const RANGES = {
  '': 'any time',
  '5m': 'last 5 minutes',
  '15m': 'last 15 minutes',
  '1h': 'last hour',
  '24h': 'last 24 hours',
} as const;
export type Range = keyof typeof RANGES;

const RANGE_MS: Readonly<Record<Exclude<Range, ''>, number>> = {
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '24h': 86_400_000,
};

/** UTF-16 code units of what an address may ask for: no field of a row is longer. */
const MAX_VALUE = 512;

export interface TrailQuery {
  readonly channel: SearchedChannel;
  readonly text: string;
  readonly filters: Readonly<Partial<Record<Filter, string>>>;
  readonly range: Range;
  /** Epoch ms; holds instead of the range. */
  readonly since: number | null;
  readonly until: number | null;
}

export const EVERYTHING: TrailQuery = {
  channel: 'trail',
  text: '',
  filters: {},
  range: '',
  since: null,
  until: null,
};

/** Reads the part of an address after the question mark; what cannot be read asks for nothing. */
export function readTrailQuery(text: string): TrailQuery {
  const given = new URLSearchParams(text);
  const value = (name: string): string => (given.get(name) ?? '').slice(0, MAX_VALUE);
  const since = timeOf(value('since'));
  const until = timeOf(value('until'));
  const range = value('range');
  return {
    channel: CHANNELS.find((channel) => channel === value('channel')) ?? 'trail',
    text: value('text'),
    filters: Object.fromEntries(
      FILTERS.filter((filter) => value(filter) !== '').map((filter) => [filter, value(filter)]),
    ),
    range: since === null && until === null && isRange(range) ? range : '',
    since,
    until,
  };
}

/** The part of an address after the question mark; empty when everything is asked for. */
export function writeTrailQuery(query: TrailQuery): string {
  const said = new URLSearchParams();
  if (query.channel !== 'trail') said.set('channel', query.channel);
  if (query.text !== '') said.set('text', query.text);
  for (const filter of FILTERS) {
    const value = query.filters[filter];
    if (value !== undefined && value !== '') said.set(filter, value);
  }
  if (query.range !== '') said.set('range', query.range);
  if (query.since !== null) said.set('since', String(query.since));
  if (query.until !== null) said.set('until', String(query.until));
  return said.toString();
}

/** The call that answers the query; `now` is epoch ms, `page` what the answer before said as `next`. */
export function searchPath(query: TrailQuery, now: number, page: string | null): string {
  const { range, ...rest } = query;
  const since = range === '' ? rest.since : Math.round(now - RANGE_MS[range]);
  const asked = new URLSearchParams(writeTrailQuery({ ...rest, range: '', since }));
  asked.set('channel', query.channel);
  if (page !== null) asked.set('page', page);
  return `/api/search?${asked}`;
}

export function withFilter(query: TrailQuery, filter: Filter, value: string): TrailQuery {
  return { ...query, filters: { ...query.filters, [filter]: value } };
}

export function withoutFilter(query: TrailQuery, filter: Filter): TrailQuery {
  const { [filter]: _, ...filters } = query.filters;
  return { ...query, filters };
}

function isRange(text: string): text is Range {
  return Object.hasOwn(RANGES, text);
}

function timeOf(text: string): number | null {
  const at = text === '' ? Number.NaN : Number(text);
  return Number.isInteger(at) && Math.abs(at) <= 8.64e15 ? at : null;
}
