/** What a load writes: lines and bytes a second of each kind, and the records that CloudWatch Logs makes of them. */
import type { CapacitySettings } from './capacity-input.ts';
import type { LineKind } from './measure/instance.ts';
import { BYTES } from './measured.ts';

export interface Load {
  /** Function instances that run at once. */
  readonly instances: number;
  /** A second, each. */
  readonly lines: Readonly<Record<LineKind, number>>;
  readonly linesPerSecond: number;
  readonly bytes: Readonly<Record<LineKind, number>>;
  readonly bytesPerSecond: number;
  /** Rows of callers in rollups, a second. */
  readonly callersPerSecond: number;
  /** Records on the log stream, a second. */
  readonly recordsPerSecond: number;
  readonly streamBytesPerSecond: number;
}

/** `platform.start` and `platform.report` at the system log level INFO. */
const PLATFORM_LINES = 2;

export function loadOf(settings: CapacitySettings): Load {
  const { requestsPerSecond: rate, sampleRate, errorsShare, instances } = settings;
  const inDepth = rate * (errorsShare + (1 - errorsShare) * sampleRate);
  // An instance writes its counts once a second, and one that is called seldom with every request.
  const rollups = Math.min(rate, instances);
  const callersPerSecond = rate * settings.callersPerRequest;
  const lines: Load['lines'] = {
    log: inDepth * settings.linesPerRequest,
    request: inDepth,
    rollup: rollups,
    trail: rate * settings.trailShare,
    platform: settings.platformLines ? rate * PLATFORM_LINES : 0,
  };
  const bytes: Load['bytes'] = {
    log: lines.log * settings.bytesPerLine,
    request: lines.request * BYTES.line.request,
    rollup: rollups * BYTES.line.rollup + callersPerSecond * BYTES.rollupCaller,
    trail: lines.trail * BYTES.line.trail,
    platform: lines.platform * BYTES.line.platform,
  };
  const kinds = Object.keys(bytes) as LineKind[];
  const linesPerSecond = kinds.reduce((sum, kind) => sum + lines[kind], 0);
  return {
    instances,
    lines,
    linesPerSecond,
    bytes,
    bytesPerSecond: kinds.reduce((sum, kind) => sum + bytes[kind], 0),
    callersPerSecond,
    // CloudWatch Logs sends on what a log stream got in about a second.
    recordsPerSecond: Math.min(linesPerSecond, rollups),
    streamBytesPerSecond: kinds.reduce((sum, kind) => sum + bytes[kind] * BYTES.gzip[kind], 0),
  };
}
