/** Decides how long a collection keeps each channel, and how many indices that makes. */
import { type IndexOptions, indexSettings } from '@trailgate/collectors/schema';
import type { RetentionDays } from '@trailgate/collectors/setup';

/** A domain keeps the trail for 400 days; so many months would not fit into a collection (`INDEX_QUOTA`). */
const TRAIL_DAYS = 180;
/** Of all search collections of an account, where nothing else was agreed: quotas of the OpenSearch Service developer guide. */
export const INDEX_QUOTA = 20;

const DAY_MS = 86_400_000;
/** The function deletes once a day, and a document may be of two hours ahead. */
const SLACK_MS = DAY_MS + 2 * 3_600_000;
/** Months from a leap year to the next. */
const MONTHS = 48;

/** @throws IndexOptionsError */
export function retentionDays(options: IndexOptions = {}): RetentionDays {
  const { businessDays, trailDays } = indexSettings({ trailDays: TRAIL_DAYS, ...options });
  return { business: businessDays, trail: trailDays };
}

/** At most at once: the months that hold unexpired days, and as many for late documents. */
export function mostIndices({ business, trail }: RetentionDays): number {
  return 2 * (mostMonths(business) + mostMonths(trail));
}

/** Of the calendar that so many days can touch: all that begin with the last moment of a month are tried. */
function mostMonths(days: number): number {
  const touched = Array.from({ length: MONTHS }, (_, month) => {
    const end = new Date(Date.UTC(2001, month + 1, 1) - 1 + days * DAY_MS + SLACK_MS);
    return (end.getUTCFullYear() - 2001) * 12 + end.getUTCMonth() - month + 1;
  });
  return Math.max(...touched);
}
