/** The data sources that a dashboard asks its reader to choose: variables, so that no installation's ids are in a panel. */
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import { DatasourceVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';

const CLOUDWATCH_VARIABLE = 'cloudwatch';
const TRAIL_VARIABLE = 'trail';

const CLOUDWATCH_TYPE = 'cloudwatch';
const OPENSEARCH_TYPE = 'grafana-opensearch-datasource';

export const cloudwatch: DataSourceRef = { type: CLOUDWATCH_TYPE, uid: `\${${CLOUDWATCH_VARIABLE}}` };
/** Expected to be set up over the indices `trail-*` with time field `@timestamp`. */
export const trailIndex: DataSourceRef = { type: OPENSEARCH_TYPE, uid: `\${${TRAIL_VARIABLE}}` };

export function dataSourceVariables(): readonly DatasourceVariableBuilder[] {
  return [
    new DatasourceVariableBuilder(CLOUDWATCH_VARIABLE).label('CloudWatch').type(CLOUDWATCH_TYPE),
    new DatasourceVariableBuilder(TRAIL_VARIABLE).label('Trail index').type(OPENSEARCH_TYPE),
  ];
}
