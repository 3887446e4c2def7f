/** Ids of the saved objects, which stay as they are: links of alerts and of people carry them. */

export const PATTERN_IDS = { business: 'trailgate-business', trail: 'trailgate-trail' } as const;

export const SEARCH_IDS = {
  trail: 'trailgate-search-trail',
  findings: 'trailgate-search-findings',
  failedLogins: 'trailgate-search-failed-logins',
  refused: 'trailgate-search-refused',
  rightsChanged: 'trailgate-search-rights-changed',
  late: 'trailgate-search-late',
  errors: 'trailgate-search-errors',
} as const;

export const TRAIL_DASHBOARD_ID = 'trailgate-security-trail';
