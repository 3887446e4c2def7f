/** Gives the names that loggers have for a level the contract's name. */
import type { Level } from '@trailgate/sdk/wire';

const LEVELS: Readonly<Record<string, Level>> = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  notice: 'INFO',
  warn: 'WARN',
  warning: 'WARN',
  error: 'ERROR',
  err: 'ERROR',
  fatal: 'FATAL',
  critical: 'FATAL',
  crit: 'FATAL',
  alert: 'FATAL',
  emerg: 'FATAL',
};

export function levelNamed(name: string): Level | undefined {
  const lower = name.toLowerCase();
  return Object.hasOwn(LEVELS, lower) ? LEVELS[lower] : undefined;
}
