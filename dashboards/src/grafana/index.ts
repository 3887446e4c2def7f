export { ContactKindError } from './alerting/contact-points.ts';
export { grafanaDashboards } from './grafana-dashboards.ts';
export { grafanaFiles } from './provisioning-files.ts';
