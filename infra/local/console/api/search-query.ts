/** Reads the query string of a search into what the index is asked. */
import type { FieldName } from '@trailgate/collectors/schema';
import type { FieldValue, IndexQuery } from '../../index/index-search.ts';
import { CHANNELS, FILTERS, type Filter, SEARCH_PAGE } from '../answers.ts';
import { badField } from './api-route.ts';
import { oneOf, textField } from './order-fields.ts';

/** Characters: no value that a page shows to be clicked is longer. */
const MAX_VALUE = 512;
const MAX_PAGE = 1_024;
/** Milliseconds from the epoch that a date can be, either way (ECMA-262, time values). */
const MAX_TIME = 8.64e15;

const KINDS = ['log', 'request', 'rollup', 'trail', 'finding'] as const;
const FIELD: Readonly<Record<Exclude<Filter, 'kind' | 'correlation'>, FieldName>> = {
  action: 'event.action',
  outcome: 'event.outcome',
  tenant: 'tenant',
  principal: 'principal',
  user: 'user.id',
  source: 'source.ip',
  route: 'route',
  service: 'service.name',
  level: 'level',
};
const NAMES: readonly string[] = ['channel', 'text', ...FILTERS, 'since', 'until', 'page'];

/** Throws `ApiError`. What the words may be is the index’s to say. */
export function searchQuery(query: URLSearchParams): IndexQuery {
  const asked = Object.fromEntries(query);
  const unknown = Object.keys(asked).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw badField('query', `only ${NAMES.join(', ')}`, unknown);
  const since = timeField(asked, 'since');
  const until = timeField(asked, 'until');
  return {
    channel: oneOf({ channel: 'all', ...asked }, 'channel', CHANNELS),
    words: asked.text ?? '',
    equals: FILTERS.flatMap((filter) => equalsOf(asked, filter)),
    anyOf: asked.correlation === undefined ? [] : ofRequest(textField(asked, 'correlation', 1, MAX_VALUE)),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    order: 'newest',
    limit: SEARCH_PAGE,
    ...(asked.page === undefined ? {} : { page: textField(asked, 'page', 1, MAX_PAGE) }),
  };
}

/** Lines of one request: people have its correlation id or its trace id, and take the one for the other. */
export function ofRequest(id: string): readonly FieldValue[] {
  return [
    { field: 'correlation_id', value: id },
    { field: 'trace_id', value: id },
  ];
}

function equalsOf(asked: Readonly<Record<string, string>>, filter: Filter): readonly FieldValue[] {
  if (asked[filter] === undefined || filter === 'correlation') return [];
  if (filter === 'kind') {
    const kind = oneOf(asked, 'kind', KINDS);
    const isFinding = kind === 'finding';
    return [{ field: isFinding ? 'event.kind' : 'trailgate.kind', value: isFinding ? 'alert' : kind }];
  }
  const value = textField(asked, filter, 1, MAX_VALUE);
  return [{ field: FIELD[filter], value: filter === 'level' ? value.toUpperCase() : value }];
}

function timeField(asked: Readonly<Record<string, string>>, name: string): number | undefined {
  const text = asked[name];
  if (text === undefined) return undefined;
  const at = /^-?[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!(Math.abs(at) <= MAX_TIME)) throw badField(name, 'a time in epoch milliseconds', text);
  return at;
}
