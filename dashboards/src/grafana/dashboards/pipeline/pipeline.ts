/** The dashboard *Pipeline health*: how late, how whole and how dear the way from a log line to the index and to a finding is. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { collectorMetric, detectorMetric } from '../../metrics/metric-source.ts';
import { dashboardOf } from '../dashboard.ts';
import { dimensionVariable } from '../variables.ts';
import { completenessRow } from './completeness-panels.ts';
import { ownCostRow, ownCostVariables } from './cost-panels.ts';
import { flowRow } from './flow-panels.ts';
import { indexRow } from './index-panels.ts';
import { lagRow } from './lag-panels.ts';
import { platformRow } from './platform-panels.ts';

export function pipelineDashboard(): Dashboard {
  return dashboardOf({
    name: 'pipeline',
    description:
      'Lag, age, quarantine, retries, completeness, memory and own cost of collectors and detectors, with what AWS says of streams, functions and subscriptions.',
    from: 'now-6h',
    sources: ['cloudwatch', 'trail'],
    variables: [
      dimensionVariable('collector', 'Collector', collectorMetric('lines')),
      dimensionVariable('detector', 'Detector', detectorMetric('records')),
      ...ownCostVariables(),
    ],
    rows: [flowRow(), lagRow(), indexRow(), completenessRow(), platformRow(), ownCostRow()],
  });
}
