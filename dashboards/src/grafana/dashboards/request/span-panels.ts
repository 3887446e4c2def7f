/** The request in each service that worked on it, in the order of time. */
import { REQUESTS } from '../../../conditions/business-conditions.ts';
import { documentTable } from '../../panels/document-table.ts';
import { documentsQuery } from '../../queries/index-query.ts';
import type { PanelRow } from '../dashboard.ts';
import { OF_THE_REQUEST } from './of-the-request.ts';

const MAX_ROWS = 200;

export function spansRow(): PanelRow {
  return {
    title: 'Spans',
    panels: [
      documentTable<'business'>({
        id: 1,
        title: 'Spans',
        description:
          'The record that each service wrote of its part of the request, by the time it ended. “Kept” says why there is one: sampled, because an earlier service kept it, or because it failed, was slow or timed out. Empty while no id is filled in, and where a success was not sampled.',
        source: 'business',
        query: documentsQuery({
          channel: 'business',
          where: REQUESTS,
          and: OF_THE_REQUEST,
          size: MAX_ROWS,
          order: 'asc',
        }),
        order: 'asc',
        columns: [
          { field: '@timestamp', heading: 'Ended' },
          { field: 'service.name', heading: 'Service' },
          { field: 'route', heading: 'Route' },
          { field: 'event.duration', heading: 'Duration', unit: 'ns' },
          { field: 'http.response.status_code', heading: 'Status' },
          { field: 'event.outcome', heading: 'Outcome' },
          { field: 'kept', heading: 'Kept' },
          { field: 'tenant', heading: 'Tenant' },
          { field: 'principal', heading: 'Principal' },
          { field: 'faas.coldstart', heading: 'Cold start' },
          { field: 'span_id', heading: 'Span' },
          { field: 'error.message', heading: 'Error' },
        ],
        width: 24,
      }),
    ],
  };
}
