/** The dashboard *One request*: every line, span and decision of a request, found by its correlation or trace id. */
import {
  type Dashboard,
  QueryVariableBuilder,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { BusinessField, TrailField } from '@trailgate/collectors/schema';
import type { Channel } from '@trailgate/sdk/wire';
import { chosen } from '../../data-sources.ts';
import { REQUEST_VARIABLE } from '../../panels/request-link.ts';
import { dashboardOf } from '../dashboard.ts';
import { textVariable } from '../variables.ts';
import { decisionsRow, MADE_BY } from './decision-panels.ts';
import { linesRow } from './line-panels.ts';
import { OF_THE_REQUEST } from './of-the-request.ts';
import { spansRow } from './span-panels.ts';

export function requestDashboard(): Dashboard {
  return dashboardOf({
    name: 'request',
    description:
      'All that is known of one request, across services: log lines, its record in each service, security events, and findings about who made it. Fill in a correlation id or a trace id.',
    from: 'now-7d',
    sources: ['trail', 'business'],
    variables: [
      textVariable(REQUEST_VARIABLE, 'Correlation or trace id'),
      whoVariable(MADE_BY.business, 'Made by', 'business'),
      whoVariable(MADE_BY.trail, 'Made by, in the trail', 'trail'),
    ],
    rows: [spansRow(), decisionsRow(), linesRow()],
  });
}

/** Who made the request, so that findings about them are found, which name no request. */
function whoVariable(name: string, label: string, channel: Channel): QueryVariableBuilder {
  const field: TrailField & BusinessField = 'principal';
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(chosen(channel))
    .query(JSON.stringify({ find: 'terms', field, query: OF_THE_REQUEST }))
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .current({ selected: true, text: 'All', value: '$__all' });
}
