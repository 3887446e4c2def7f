/** The data sources that a dashboard asks its reader to choose: variables, so that no installation's ids are in a panel. */
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import { DatasourceVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { indexPattern } from '@trailgate/collectors/schema';
import type { Channel } from '@trailgate/sdk/wire';

export const CLOUDWATCH_TYPE = 'cloudwatch';
export const OPENSEARCH_TYPE = 'grafana-opensearch-datasource';

export type SourceName = 'cloudwatch' | Channel;

interface DataSource {
  readonly type: string;
  readonly label: string;
  /** Of the one that the provisioning files make; chosen first where it is there, and named by alert rules. */
  readonly uid: string;
  readonly name: string;
  readonly description: string;
}

/** By the name of the variable. */
export const DATA_SOURCES: Readonly<Record<SourceName, DataSource>> = {
  cloudwatch: {
    type: CLOUDWATCH_TYPE,
    label: 'CloudWatch',
    uid: 'trailgate-cloudwatch',
    name: 'Trailgate metrics',
    description: 'CloudWatch in the account and region of the pipeline.',
  },
  trail: {
    type: OPENSEARCH_TYPE,
    label: 'Trail index',
    uid: 'trailgate-trail',
    name: 'Trailgate trail index',
    description: `OpenSearch over ${indexPattern('trail')}, with time field @timestamp.`,
  },
  business: {
    type: OPENSEARCH_TYPE,
    label: 'Business index',
    uid: 'trailgate-business',
    name: 'Trailgate business index',
    description: `OpenSearch over ${indexPattern('business')}, with time field @timestamp.`,
  },
};

/** Where a query goes: in a dashboard a variable, in an alert rule a uid. */
export interface SourceRef extends DataSourceRef {
  readonly type: string;
  readonly uid: string;
}

/** For panels: whatever the reader chose. */
export function chosen(source: SourceName): SourceRef {
  return { type: DATA_SOURCES[source].type, uid: `\${${source}}` };
}

/** For alert rules, which have no variables: what the provisioning files made. */
export function provisioned(source: SourceName): SourceRef {
  return { type: DATA_SOURCES[source].type, uid: DATA_SOURCES[source].uid };
}

export function dataSourceVariable(source: SourceName): DatasourceVariableBuilder {
  const { type, label, uid, name, description } = DATA_SOURCES[source];
  return new DatasourceVariableBuilder(source)
    .label(label)
    .description(description)
    .type(type)
    .current({ selected: true, text: name, value: uid });
}
