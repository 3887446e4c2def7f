export { overviewDashboard } from './overview.ts';
