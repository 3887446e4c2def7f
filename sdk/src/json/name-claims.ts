/** Keeps names apart that look the same once they are written, because readers refuse an object that has one twice. */
import type { ReadName } from '../redaction/name-reader.ts';

const MAX_NAMES = 2000;

/** The names of an object that are written as they are: those are taken from the start. */
export function namesOf(value: object, read: ReadName): Set<string> {
  const readings = Object.keys(value).slice(0, MAX_NAMES).map(read);
  return new Set(readings.filter(({ altered }) => !altered).map(({ literal }) => literal));
}

/** The literal, or the same with a number behind the name; it is taken then. */
export function claimed(literal: string, taken: Set<string>): string {
  let free = literal;
  for (let n = 2; taken.has(free); n++) free = `${literal.slice(0, -2)} ${n}":`;
  taken.add(free);
  return free;
}
