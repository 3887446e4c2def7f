/** Names of the detectors' rules that speak of the pipeline itself: what should have arrived and did not. */
export const COMPLETENESS_RULES: readonly string[] = ['records-missing', 'uncounted-requests'];
