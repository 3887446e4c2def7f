/** Checks a number of days against those that CloudWatch Logs keeps a log group for. */
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { TrailgatePropsError } from '../props-error.ts';

const DAYS: ReadonlySet<number> = new Set(
  Object.values(RetentionDays).filter((days) => typeof days === 'number' && days < RetentionDays.INFINITE),
) as ReadonlySet<number>;

/** @throws TrailgatePropsError */
export function logRetention(prop: string, days: number): RetentionDays {
  if (DAYS.has(days)) return days;
  throw new TrailgatePropsError(prop, `one of ${[...DAYS].join(', ')} days`, String(days));
}
