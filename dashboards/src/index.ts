export { LIST_PRICES, type ListPrice, type ListPriceKey } from './grafana/list-prices.ts';
export { alertMonitors } from './monitors/alert-monitors.ts';
export type { DocumentLevelMonitor, MonitorDefinition, SearchMonitor } from './monitors/monitor.ts';
export {
  DEFAULT_THRESHOLDS,
  type MonitorOptions,
  MonitorOptionsError,
  type MonitorThresholds,
  monitorThresholds,
} from './monitors/monitor-options.ts';
export { openSearchSavedObjects, savedObjects } from './opensearch/open-search-saved-objects.ts';
export type { SavedObject } from './opensearch/saved-object.ts';
export { type SecurityAnalytics, securityAnalytics } from './security-analytics/security-analytics.ts';
