/** The saved searches that an investigator starts from; alerts link to them. */
import type { Channel } from '@trailgate/sdk/wire';
import { type Condition, type FieldOf, luceneQuery } from '../conditions/condition.ts';
import { DENIED, EVENTS, FAILED_LOGINS, FINDINGS, RIGHTS_CHANGED } from '../conditions/trail-conditions.ts';
import { migrationVersion, type SavedSearch } from './saved-object.ts';
import { SEARCH_IDS } from './saved-object-ids.ts';
import { patternReference, searchSource } from './search-source.ts';

interface SearchSpec<C extends Channel> {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly where: readonly Condition<FieldOf<C>>[];
  readonly columns: readonly FieldOf<C>[];
}

export function savedSearches(): readonly SavedSearch[] {
  return [...TRAIL.map((spec) => search('trail', spec)), ...BUSINESS.map((spec) => search('business', spec))];
}

function search<C extends Channel>(
  channel: C,
  { id, title, description, where, columns }: SearchSpec<C>,
): SavedSearch {
  return {
    id,
    type: 'search',
    attributes: {
      title: `Trailgate: ${title}`,
      description,
      hits: 0,
      columns,
      sort: [['@timestamp', 'desc']],
      version: 1,
      kibanaSavedObjectMeta: { searchSourceJSON: searchSource(luceneQuery(where)) },
    },
    references: [patternReference(channel)],
    migrationVersion: migrationVersion('search'),
  };
}

const WHO = ['tenant', 'principal', 'user.id', 'source.ip'] as const;

const TRAIL: readonly SearchSpec<'trail'>[] = [
  {
    id: SEARCH_IDS.trail,
    title: 'security trail',
    description: 'All security events, newest first; count is how many a folded record stands for.',
    where: EVENTS,
    columns: ['event.action', 'event.outcome', ...WHO, 'route', 'service.name', 'count'],
  },
  {
    id: SEARCH_IDS.findings,
    title: 'findings',
    description: 'What the detectors found; evidence and cap are in the document.',
    where: FINDINGS,
    columns: ['rule.name', 'tenant', 'principal', 'message', 'threat.technique.id'],
  },
  {
    id: SEARCH_IDS.failedLogins,
    title: 'failed logins',
    description: 'Logins, tokens and passwords that were refused.',
    where: FAILED_LOGINS,
    columns: ['event.action', ...WHO, 'event.reason', 'user_agent.original', 'count'],
  },
  {
    id: SEARCH_IDS.refused,
    title: 'refused',
    description: 'What was denied: missing rights, limits that were hit, input that attacks look like.',
    where: DENIED,
    columns: ['event.action', ...WHO, 'route', 'target', 'event.reason', 'count'],
  },
  {
    id: SEARCH_IDS.rightsChanged,
    title: 'rights changed',
    description: 'Users, rights and watching that were changed, and by whom.',
    where: RIGHTS_CHANGED,
    columns: ['event.action', 'user.id', 'target', 'tenant', 'source.ip', 'service.name'],
  },
  {
    id: SEARCH_IDS.late,
    title: 'records with a wrong clock',
    description:
      'Records whose own time lies too far from when they were logged: widen the range of time to see them.',
    where: [{ field: '_index', is: ['trail-late-*'] }],
    columns: ['service.name', 'faas.name', 'aws.cloudwatch.log_group', 'event.action', 'message'],
  },
];

const BUSINESS: readonly SearchSpec<'business'>[] = [
  {
    id: SEARCH_IDS.errors,
    title: 'failed requests',
    description: 'Requests answered with a status of 500 or above, and errors that functions logged.',
    where: [{ field: 'level', is: ['ERROR', 'FATAL'] }],
    columns: [
      'service.name',
      'route',
      'http.response.status_code',
      'message',
      'error.type',
      'correlation_id',
    ],
  },
];
