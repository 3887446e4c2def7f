/** What the detectors found: how many, by which rule, about whom, and on what evidence. */
import type { TrailField } from '@trailgate/collectors/schema';
import { ABUSE_FINDINGS, FINDINGS, MISSING_RECORDS } from '../../../conditions/trail-conditions.ts';
import { documentTable } from '../../panels/document-table.ts';
import { lineChart } from '../../panels/line-chart.ts';
import { numberPanel } from '../../panels/number.ts';
import type { PanelBuilder } from '../../panels/panel-frame.ts';
import { rankingTable } from '../../panels/ranking-table.ts';
import { documentsQuery, overTimeQuery } from '../../queries/index-query.ts';
import type { PanelRow } from '../dashboard.ts';

const SOURCE = 'trail';
const MAX_ROWS = 500;

export const FINDING_PANELS = { byRule: 3 } as const;

export function findingsRow(): PanelRow {
  return {
    title: 'Findings',
    panels: [
      numberPanel({
        id: 1,
        title: 'Findings about clients',
        description:
          'What the rules found in the range shown, without what is missing. 0 while they found nothing.',
        source: SOURCE,
        unit: 'short',
        by: 'sum',
        queries: [
          overTimeQuery({
            channel: SOURCE,
            where: ABUSE_FINDINGS,
            measure: { of: 'documents' },
            label: 'Findings',
          }),
        ],
        width: 6,
      }),
      numberPanel({
        id: 2,
        title: 'Records or requests missing',
        description:
          'Findings about the pipeline itself in the range shown: records that never arrived, requests that no instance counted. 0 while all is there.',
        source: SOURCE,
        unit: 'short',
        by: 'sum',
        queries: [
          overTimeQuery({
            channel: SOURCE,
            where: MISSING_RECORDS,
            measure: { of: 'documents' },
            label: 'Findings',
          }),
        ],
        width: 6,
      }),
      lineChart({
        id: FINDING_PANELS.byRule,
        title: 'Findings over time',
        description: 'Findings by the rule that made them. Empty while there is none.',
        source: SOURCE,
        unit: 'short',
        stacked: true,
        queries: [
          overTimeQuery({
            channel: SOURCE,
            where: FINDINGS,
            by: 'rule.name',
            measure: { of: 'documents' },
          }),
        ],
        width: 12,
      }),
      ranking(4, 'rule.name', 'Rule', ['principal', 'Principals']),
      ranking(5, 'principal', 'Principal', ['rule.name', 'Rules']),
      ranking(6, 'threat.technique.id', 'ATT&CK technique', ['principal', 'Principals']),
      documentTable<'trail'>({
        id: 7,
        title: 'Findings with their evidence',
        description: `The newest ${MAX_ROWS} findings of the range shown: what was seen how often, since when, and the cap that was written if any. Empty while there is none.`,
        source: SOURCE,
        query: documentsQuery({ channel: SOURCE, where: FINDINGS, size: MAX_ROWS }),
        columns: [
          { field: '@timestamp', heading: 'Time' },
          { field: 'rule.name', heading: 'Rule' },
          { field: 'tenant', heading: 'Tenant' },
          { field: 'principal', heading: 'Principal' },
          { field: 'message', heading: 'Message' },
          { field: 'first_crossing', heading: 'Crossed at' },
          { field: 'evidence.attempts', heading: 'Events' },
          { field: 'threat.technique.id', heading: 'ATT&CK' },
          { field: 'cap.rate', heading: 'Cap, requests a second' },
          { field: 'cap.end', heading: 'Cap until' },
        ],
        width: 24,
        height: 12,
      }),
    ],
  };
}

function ranking(
  id: number,
  by: TrailField,
  heading: string,
  [field, distinct]: readonly [TrailField, string],
): PanelBuilder {
  return rankingTable({
    id,
    title: `Findings by ${heading === 'ATT&CK technique' ? heading : heading.toLowerCase()}`,
    description: `Findings about clients in the range shown, by ${heading}; the 20 with most. Empty while there is none.`,
    source: SOURCE,
    where: ABUSE_FINDINGS,
    by,
    heading,
    columns: [
      { measure: { of: 'documents' }, heading: 'Findings', unit: 'short' },
      { measure: { of: 'distinct', field }, heading: distinct, unit: 'short' },
      { measure: { of: 'max', field: '@timestamp' }, heading: 'Newest', unit: 'dateTimeAsIso' },
    ],
    width: 8,
  });
}
