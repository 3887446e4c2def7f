/** Orders the levels and reads the names that people and the platform give them. */
import type { Level } from '../wire/record.ts';

/** The lowest level that passes; SILENT lets none pass. */
export type Floor = Level | 'SILENT';

/** pino's numbers. */
const RANK = { TRACE: 10, DEBUG: 20, INFO: 30, WARN: 40, ERROR: 50, FATAL: 60, SILENT: 70 } as const;

const ALIASES: Readonly<Record<string, Floor>> = { WARNING: 'WARN', CRITICAL: 'FATAL', OFF: 'SILENT' };

/** Undefined for a name that means nothing here: the variables belong to other libraries too. */
export function floorOf(name: unknown): Floor | undefined {
  // What every object inherits has lower-case letters in its name.
  const upper = typeof name === 'string' ? name.toUpperCase() : '';
  return upper in RANK ? (upper as Floor) : ALIASES[upper];
}

/** The level of one of pino's numbers, custom ones included: the highest that it reaches. */
export function levelOfNumber(number: number): Level {
  if (number >= RANK.FATAL) return 'FATAL';
  if (number >= RANK.ERROR) return 'ERROR';
  if (number >= RANK.WARN) return 'WARN';
  if (number >= RANK.INFO) return 'INFO';
  return number >= RANK.DEBUG ? 'DEBUG' : 'TRACE';
}

export function reaches(level: Level, floor: Floor): boolean {
  return RANK[level] >= RANK[floor];
}

/** What passes both floors: the higher of the two. */
export function stricterFloor(a: Floor, b: Floor): Floor {
  return RANK[a] >= RANK[b] ? a : b;
}

/** The level of a record that must arrive although the platform drops lines below its floor. */
export function raisedTo(level: Level, floor: Floor): Level {
  const raised = stricterFloor(level, floor);
  return raised === 'SILENT' ? 'FATAL' : raised;
}
