/** What was decided about the request, and what the detectors found about who made it. */
import { ABUSE_FINDINGS, EVENTS } from '../../../conditions/trail-conditions.ts';
import { documentTable } from '../../panels/document-table.ts';
import { documentsQuery } from '../../queries/index-query.ts';
import type { PanelRow } from '../dashboard.ts';
import { OF_THE_REQUEST } from './of-the-request.ts';

const MAX_ROWS = 200;

/** Variables that hold the principals that lines and events of the request name: a success that was not sampled has events alone. */
export const MADE_BY = { business: 'principal', trail: 'principal_in_trail' } as const;

const ABOUT_THEM = `principal:($${MADE_BY.business} OR $${MADE_BY.trail})`;

export function decisionsRow(): PanelRow {
  return {
    title: 'Decisions and findings',
    panels: [
      documentTable<'trail'>({
        id: 2,
        title: 'Decisions',
        description:
          'Security events of the request in the order of time: logins, denials, limits that were hit, rights that were used or changed. Empty while no id is filled in, and for a request of which there is none; of a folded flood only the first events name their request.',
        source: 'trail',
        query: documentsQuery({
          channel: 'trail',
          where: EVENTS,
          and: OF_THE_REQUEST,
          size: MAX_ROWS,
          order: 'asc',
        }),
        order: 'asc',
        columns: [
          { field: '@timestamp', heading: 'Time' },
          { field: 'service.name', heading: 'Service' },
          { field: 'event.action', heading: 'Action' },
          { field: 'event.outcome', heading: 'Outcome' },
          { field: 'event.reason', heading: 'Reason' },
          { field: 'target', heading: 'Target' },
          { field: 'principal', heading: 'Principal' },
          { field: 'source.ip', heading: 'Source' },
          { field: 'count', heading: 'Count' },
        ],
        width: 12,
        height: 10,
      }),
      documentTable<'trail'>({
        id: 3,
        title: 'Findings about who made it',
        description:
          'Findings of the range shown about the principals of the request (“Made by” at the top), newest first. Empty while no id is filled in, and while there is none.',
        source: 'trail',
        query: documentsQuery({
          channel: 'trail',
          where: ABUSE_FINDINGS,
          and: ABOUT_THEM,
          size: MAX_ROWS,
        }),
        columns: [
          { field: '@timestamp', heading: 'Time' },
          { field: 'rule.name', heading: 'Rule' },
          { field: 'principal', heading: 'Principal' },
          { field: 'message', heading: 'Message' },
          { field: 'cap.rate', heading: 'Cap, requests a second' },
          { field: 'cap.end', heading: 'Cap until' },
        ],
        width: 12,
        height: 10,
      }),
    ],
  };
}
