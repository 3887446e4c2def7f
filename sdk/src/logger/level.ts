/** Orders the levels and reads the names that people and the platform give them. */
import type { Level } from '../wire/record.ts';

/** The lowest level that passes; SILENT lets none pass. */
export type Floor = Level | 'SILENT';

/** pino's numbers. */
const RANK = { TRACE: 10, DEBUG: 20, INFO: 30, WARN: 40, ERROR: 50, FATAL: 60, SILENT: 70 } as const;

const ALIASES: Readonly<Record<string, Floor>> = { WARNING: 'WARN', CRITICAL: 'FATAL', OFF: 'SILENT' };

/** Undefined for a name that means nothing here: the variables belong to other libraries too. */
export function floorOf(name: string | undefined): Floor | undefined {
  if (name === undefined) return undefined;
  const upper = name.toUpperCase();
  if (Object.hasOwn(RANK, upper)) return upper as Floor;
  return Object.hasOwn(ALIASES, upper) ? ALIASES[upper] : undefined;
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
  if (reaches(level, floor)) return level;
  return floor === 'SILENT' ? 'FATAL' : floor;
}
