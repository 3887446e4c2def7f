/** Where an investigation begins in the trail: what was found, tried, refused and changed. */
import {
  CAPS_WRITTEN,
  DENIED,
  EVENTS,
  FAILED_LOGINS,
  FINDINGS,
  LATE_EVENTS,
  MISSING_RECORDS,
  RATE_LIMITED,
  RIGHTS_CHANGED,
  SUSPICIOUS_INPUT,
  TAKEN_OVER,
  TOKENS_REJECTED,
} from '../conditions/trail-conditions.ts';
import type { SearchSpec } from './saved-search.ts';

const WHO = ['tenant', 'principal', 'user.id', 'source.ip'] as const;

export const TRAIL_SEARCHES: readonly SearchSpec<'trail'>[] = [
  {
    id: 'trail',
    title: 'security trail',
    description: 'All security events, newest first; count is how many a folded record stands for.',
    where: EVENTS,
    columns: ['event.action', 'event.outcome', ...WHO, 'route', 'service.name', 'count', 'correlation_id'],
  },
  {
    id: 'findings',
    title: 'findings',
    description: 'What the detectors found; evidence and cap are in the document.',
    where: FINDINGS,
    columns: ['rule.name', 'tenant', 'principal', 'message', 'threat.technique.id'],
  },
  {
    id: 'caps',
    title: 'caps that detectors wrote',
    description:
      'Findings with the cap that each led to: client, rate, and until when it holds; in shadow mode it is only noted.',
    where: CAPS_WRITTEN,
    columns: ['rule.name', 'tenant', 'principal', 'cap', 'evidence'],
  },
  {
    id: 'missingRecords',
    title: 'missing records',
    description:
      'What a function wrote or ran and the trail does not have: function, instance and numbers are in the evidence.',
    where: MISSING_RECORDS,
    columns: ['rule.name', 'message', 'evidence'],
  },
  {
    id: 'failedLogins',
    title: 'failed logins',
    description: 'Logins, tokens and passwords that were refused.',
    where: FAILED_LOGINS,
    columns: ['event.action', ...WHO, 'event.reason', 'user_agent.original', 'count'],
  },
  {
    id: 'tokensRejected',
    title: 'tokens rejected',
    description: 'Tokens that were refused, and those that were used after they had been revoked.',
    where: TOKENS_REJECTED,
    columns: ['event.action', 'event.reason', ...WHO, 'route', 'user_agent.original', 'count'],
  },
  {
    id: 'takenOver',
    title: 'accounts that may be taken over',
    description:
      'Logins that worked after failures, accounts that were locked, revoked tokens and travel that nobody can make: one begins here.',
    where: TAKEN_OVER,
    columns: ['event.action', ...WHO, 'event.reason', 'service.name', 'correlation_id'],
  },
  {
    id: 'refused',
    title: 'refused',
    description: 'What was denied: missing rights, limits that were hit, input that attacks look like.',
    where: DENIED,
    columns: ['event.action', ...WHO, 'route', 'target', 'event.reason', 'count'],
  },
  {
    id: 'limitsHit',
    title: 'rate limits hit',
    description: 'Requests that a limiter refused; count is how many a folded record stands for.',
    where: RATE_LIMITED,
    columns: [...WHO, 'route', 'service.name', 'count'],
  },
  {
    id: 'suspiciousInput',
    title: 'suspicious input',
    description: 'Input that was refused and requests that attacks look like, the edge among it.',
    where: SUSPICIOUS_INPUT,
    columns: ['event.action', ...WHO, 'source.geo.country_iso_code', 'route', 'event.reason', 'target'],
  },
  {
    id: 'rightsChanged',
    title: 'rights changed',
    description: 'Users, rights and watching that were changed, and by whom.',
    where: RIGHTS_CHANGED,
    columns: ['event.action', 'user.id', 'target', 'tenant', 'source.ip', 'service.name'],
  },
  {
    id: 'late',
    title: 'records with a wrong clock',
    description:
      'Security events whose own time lies too far from when they were logged: widen the range of time to see them.',
    where: LATE_EVENTS,
    columns: ['service.name', 'faas.name', 'aws.cloudwatch.log_group', 'event.action', 'message'],
  },
  {
    id: 'requestEvents',
    title: 'security events of a request',
    description:
      'Security events in the order they happened: filter by a correlation id to follow a request.',
    where: EVENTS,
    columns: [
      'service.name',
      'event.action',
      'event.outcome',
      'event.reason',
      'principal',
      'route',
      'target',
      'correlation_id',
    ],
    byTime: 'asc',
  },
];
