/** Decides from a report's status how an instance ended, if it ended badly. */
import type { PlatformFailure } from './platform-report.ts';

/** Statuses of a report (Lambda Telemetry API, `Status`) other than success. */
const FAILED: ReadonlySet<string> = new Set(['error', 'timeout', 'failure']);

/** Types that the platform gives; any other is an error that the function's own code raised and logged. */
const OF_PLATFORM = /^(?:Runtime|Sandbox|Extension|Function)\./;

/** What every kind of kill looks like when memory was the reason, before the platform named it. */
const KILLED = 'Runtime.ExitError';

export function hasFailed(status: string | undefined): boolean {
  return status !== undefined && FAILED.has(status);
}

export function failureOf(
  status: string | undefined,
  platformType: string | undefined,
  memoryMb: number | undefined,
  maxMemoryMb: number | undefined,
): PlatformFailure | undefined {
  if (!hasFailed(status)) return undefined;
  if (status === 'timeout' || platformType === 'Sandbox.Timedout') {
    return { type: 'Lambda.Timeout', platformType };
  }
  if (platformType !== undefined && !OF_PLATFORM.test(platformType)) return undefined;
  const full = memoryMb !== undefined && maxMemoryMb !== undefined && maxMemoryMb >= memoryMb;
  const outOfMemory = platformType === 'Runtime.OutOfMemory' || (full && (platformType ?? KILLED) === KILLED);
  return { type: outOfMemory ? 'Lambda.OutOfMemory' : 'Lambda.Crash', platformType };
}
