/** The saved searches that an investigator starts from; alerts link to them. */
import { BUSINESS_SEARCHES } from './business-searches.ts';
import type { SavedSearch } from './saved-object.ts';
import { savedSearch } from './saved-search.ts';
import { TRAIL_SEARCHES } from './trail-searches.ts';

export function savedSearches(): readonly SavedSearch[] {
  return [
    ...TRAIL_SEARCHES.map((spec) => savedSearch('trail', spec)),
    ...BUSINESS_SEARCHES.map((spec) => savedSearch('business', spec)),
  ];
}
