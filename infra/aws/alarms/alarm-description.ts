/** What an alarm tells the person whom it wakes. */
import type { AlarmKind } from './alarm-kind.ts';

/** Where the page is that has a section for each alarm. */
export const ALARMS_PAGE = 'infra/docs/alarms.md';

/** Shorter than the 1,024 characters that CloudWatch takes; a test holds every text to that. */
export function alarmDescription({ id, means, risk, first }: AlarmKind, page: string = ALARMS_PAGE): string {
  return `${means} May be lost or late: ${risk} First: ${first} See ${page}#${id}`;
}
