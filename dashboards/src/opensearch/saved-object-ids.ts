/** Ids of the saved objects, which stay as they are: links of alerts and of people carry them. */
import type { DashboardName } from '../dashboard-titles.ts';

export const PATTERN_IDS = { business: 'trailgate-business', trail: 'trailgate-trail' } as const;

export const SEARCH_IDS = {
  trail: 'trailgate-search-trail',
  findings: 'trailgate-search-findings',
  caps: 'trailgate-search-caps',
  missingRecords: 'trailgate-search-missing-records',
  failedLogins: 'trailgate-search-failed-logins',
  tokensRejected: 'trailgate-search-tokens-rejected',
  takenOver: 'trailgate-search-taken-over',
  refused: 'trailgate-search-refused',
  limitsHit: 'trailgate-search-limits-hit',
  suspiciousInput: 'trailgate-search-suspicious-input',
  rightsChanged: 'trailgate-search-rights-changed',
  late: 'trailgate-search-late',
  requestEvents: 'trailgate-search-request-events',
  errors: 'trailgate-search-errors',
  slowRequests: 'trailgate-search-slow-requests',
  platformFailures: 'trailgate-search-platform-failures',
  lateRecords: 'trailgate-search-late-records',
  requestSpans: 'trailgate-search-request-spans',
  requestLines: 'trailgate-search-request-lines',
} as const;

export const DASHBOARD_IDS: Readonly<Record<DashboardName, string>> = {
  overview: 'trailgate-overview',
  trail: 'trailgate-security-trail',
  findings: 'trailgate-findings',
  pipeline: 'trailgate-pipeline',
  request: 'trailgate-request',
};
