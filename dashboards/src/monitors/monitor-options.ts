/** What a deployment decides about its monitors: who is told, and how much is too much. */

export interface MonitorOptions {
  /** `config_id`s of the notification channels that every alert goes to; none: alerts are only shown. */
  readonly channelIds: readonly string[];
  /** Address of OpenSearch Dashboards, without a slash at its end; put into messages. @default messages hold no link */
  readonly dashboardsUrl?: string;
  /** @default DEFAULT_THRESHOLDS */
  readonly thresholds?: Partial<MonitorThresholds>;
}

export interface MonitorThresholds {
  /** Failed logins as one user within five minutes. */
  readonly failedLoginsPerUser: number;
  /** Events of the trail in 24 hours, from which a silence of 15 minutes is no chance. */
  readonly eventsADay: number;
  /** Records of one service, in one month, whose clock was wrong. */
  readonly lateRecords: number;
}

/** A person mistypes a few times and then asks for a new password. */
export const DEFAULT_THRESHOLDS: MonitorThresholds = {
  failedLoginsPerUser: 10,
  eventsADay: 960,
  lateRecords: 100,
};

/** A threshold is not what it must be. */
export class MonitorOptionsError extends Error {
  readonly code = 'MONITOR_OPTIONS';
  override readonly name = 'MonitorOptionsError';
}

/** @throws MonitorOptionsError naming the threshold. */
export function monitorThresholds(given: Partial<MonitorThresholds> = {}): MonitorThresholds {
  const thresholds = { ...DEFAULT_THRESHOLDS, ...given };
  for (const [name, value] of Object.entries(thresholds)) {
    // They become part of a script.
    if (Object.hasOwn(DEFAULT_THRESHOLDS, name) && Number.isSafeInteger(value) && value > 0) continue;
    throw new MonitorOptionsError(
      `thresholds.${name}: expected a whole number from 1 for one of ${Object.keys(DEFAULT_THRESHOLDS).join(', ')}, got ${value}`,
    );
  }
  return thresholds;
}
