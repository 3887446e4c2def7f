/** Where the search for a fault begins: what failed, what was slow, what the platform ended, and all of one request. */
import {
  ERRORS,
  LATE_RECORDS,
  LINES,
  PLATFORM_FAILURES,
  REQUESTS,
  SLOW_REQUESTS,
} from '../conditions/business-conditions.ts';
import type { SearchSpec } from './saved-search.ts';

export const BUSINESS_SEARCHES: readonly SearchSpec<'business'>[] = [
  {
    id: 'errors',
    title: 'failed requests',
    description: 'Requests answered with a status of 500 or above, and errors that functions logged.',
    where: ERRORS,
    columns: [
      'service.name',
      'route',
      'http.response.status_code',
      'message',
      'error.type',
      'correlation_id',
    ],
  },
  {
    id: 'slowRequests',
    title: 'slow requests',
    description: 'Requests that took longer than their function is allowed, or came close to its timeout.',
    where: SLOW_REQUESTS,
    columns: ['service.name', 'route', 'event.duration', 'kept', 'tenant', 'principal', 'correlation_id'],
  },
  {
    id: 'platformFailures',
    title: 'functions that the platform ended',
    description: 'Timeouts, memory that ran out, crashes, and log records that the platform dropped.',
    where: PLATFORM_FAILURES,
    columns: ['faas.name', 'error.type', 'message', 'event.duration', 'aws.cloudwatch.log_group', 'trace_id'],
  },
  {
    id: 'lateRecords',
    title: 'business records with a wrong clock',
    description:
      'Records whose own time lies too far from when they were logged: widen the range of time to see them.',
    where: LATE_RECORDS,
    columns: ['service.name', 'faas.name', 'aws.cloudwatch.log_group', 'message'],
  },
  {
    id: 'requestSpans',
    title: 'spans of a request',
    description:
      'What each function did for a request, in the order it ended: filter by a correlation id to follow one.',
    where: REQUESTS,
    columns: [
      'service.name',
      'route',
      'http.response.status_code',
      'event.duration',
      'event.outcome',
      'kept',
      'principal',
      'correlation_id',
    ],
    byTime: 'asc',
  },
  {
    id: 'requestLines',
    title: 'log lines of a request',
    description:
      'What functions logged, in the order they did: filter by a correlation id to follow a request.',
    where: LINES,
    columns: ['service.name', 'level', 'message', 'error.type', 'error.message', 'fields', 'correlation_id'],
    byTime: 'asc',
  },
];
