/** How much is too much for Grafana's alert rules; what monitors of the index judge too is taken from them. */
import { DEFAULT_THRESHOLDS } from '../../monitors/monitor-options.ts';

export const ALERT_THRESHOLDS = {
  /** Share of requests answered with a status of 500 or above. */
  errorRatio: 0.05,
  /** 95th percentile, in milliseconds: about where people leave. */
  latencyMs: 3_000,
  /** Age of what is read and worked on, in milliseconds: a minute behind, as the alarms of the stack have it. */
  lagMs: 60_000,
  /** Age of a detector's stored state, in milliseconds, as the alarms of the stack have it. */
  snapshotAgeMs: 300_000,
  /** Minutes in which no line came. */
  silentMinutes: 15,
  /** Within five minutes. */
  failedLoginsPerUser: DEFAULT_THRESHOLDS.failedLoginsPerUser,
} as const;
