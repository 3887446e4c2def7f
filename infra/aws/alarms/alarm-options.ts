/** What a deployment may change about its alarms, checked when it is synthesised. */
import { described } from '../described.ts';
import { isObject, knownMembers } from '../known-members.ts';
import { TrailgatePropsError } from '../props-error.ts';
import { ALARMS } from './catalogue.ts';

export interface AlarmOptions {
  /**
   * Other thresholds, by the alarm's id and in the unit of its metric (docs/alarms.md): `{'collector-late': 300_000}`.
   * @default those of the page
   */
  readonly thresholds?: Readonly<Record<string, number>>;
  /** Ids of alarms that are not made. @default all of them are that fit the deployment */
  readonly without?: readonly string[];
  /**
   * Minutes, 5 to 1,440, without one log line after which `collector-silent` rings.
   * @default never: an application without traffic is silent
   */
  readonly silentAfterMinutes?: number;
  /**
   * Where the alarms’ page can be read; its sections are behind `#`.
   * @default 'infra/docs/alarms.md' of the project
   */
  readonly page?: string;
}

const MINUTES = { least: 5, most: 1_440 };
/** Of the 1,024 characters that a description of an alarm may have. */
const MAX_PAGE_CHARS = 200;

/** @throws TrailgatePropsError naming the option */
export function checkAlarmOptions(options: AlarmOptions): void {
  knownMembers('alarms', options, ['thresholds', 'without', 'silentAfterMinutes', 'page']);
  const { thresholds = {}, without = [] } = options;
  if (!isObject(thresholds)) {
    throw new TrailgatePropsError('alarms.thresholds', 'numbers by the ids of alarms', described(thresholds));
  }
  if (!Array.isArray(without)) {
    throw new TrailgatePropsError('alarms.without', 'a list of ids of alarms', described(without));
  }
  for (const [id, threshold] of Object.entries(thresholds)) {
    known(`alarms.thresholds.${id}`, id);
    if (!Number.isFinite(threshold) || threshold < 0) {
      throw new TrailgatePropsError(`alarms.thresholds.${id}`, 'a number, 0 or more', String(threshold));
    }
  }
  for (const [at, id] of without.entries()) known(`alarms.without[${at}]`, id);
  const { silentAfterMinutes: minutes, page } = options;
  if (
    minutes !== undefined &&
    !(Number.isInteger(minutes) && minutes >= MINUTES.least && minutes <= MINUTES.most)
  ) {
    throw new TrailgatePropsError(
      'alarms.silentAfterMinutes',
      `a whole number from ${MINUTES.least} to ${MINUTES.most}`,
      String(minutes),
    );
  }
  if (page !== undefined && (page.length === 0 || page.length > MAX_PAGE_CHARS)) {
    throw new TrailgatePropsError('alarms.page', `1 to ${MAX_PAGE_CHARS} characters`, `${page.length}`);
  }
}

function known(prop: string, id: string): void {
  if (ALARMS.some((alarm) => alarm.id === id)) return;
  const part = id.split('-')[0] ?? id;
  const near = ALARMS.filter((alarm) => alarm.id.startsWith(part)).map((alarm) => alarm.id);
  const expected =
    near.length > 0
      ? `the id of an alarm, such as ${near.join(', ')}`
      : 'the id of an alarm of docs/alarms.md';
  throw new TrailgatePropsError(prop, expected, id);
}
