export { overviewDashboard } from './grafana/overview.ts';
export { alertMonitors } from './monitors/alert-monitors.ts';
export type { MonitorDefinition } from './monitors/monitor.ts';
export {
  DEFAULT_THRESHOLDS,
  type MonitorOptions,
  MonitorOptionsError,
  type MonitorThresholds,
} from './monitors/monitor-options.ts';
export { openSearchSavedObjects } from './opensearch/open-search-saved-objects.ts';
