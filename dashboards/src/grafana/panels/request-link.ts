/** The link from a row that names a request to the dashboard that shows all of it. */
import { DASHBOARD_UIDS } from '../dashboards/dashboard-ids.ts';
import type { SourceName } from '../data-sources.ts';
import { variableValue } from '../queries/variable-reference.ts';

/** Variable of the dashboard *One request* that the id goes into. */
export const REQUEST_VARIABLE = 'request';

export interface DataLink {
  readonly title: string;
  readonly url: string;
}

/** For the cells of a column that hold a correlation or trace id, in a dashboard with these data sources. */
export function requestLink(sources: readonly SourceName[]): DataLink {
  const parameters = [
    // Of a hostile line, so that it cannot add a parameter.
    `var-${REQUEST_VARIABLE}=${variableValue('__value.raw:percentencode')}`,
    ...sources.map((source) => `var-${source}=${variableValue(source)}`),
    variableValue('__url_time_range'),
  ];
  return { title: 'Show this request', url: `/d/${DASHBOARD_UIDS.request}?${parameters.join('&')}` };
}
