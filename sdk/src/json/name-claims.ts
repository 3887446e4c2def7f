/** Keeps names apart that look the same once they are written, because readers refuse an object that has one twice. */
import type { NameReader } from '../redaction/name-reader.ts';

const MAX_NAMES = 2000;

export class NameClaims {
  readonly #taken = new Set<string>();

  /** The names of an object that are written as they are are taken from the start. */
  static of(value: object, names: NameReader): NameClaims {
    const claims = new NameClaims();
    for (const name of Object.keys(value).slice(0, MAX_NAMES)) {
      const reading = names.read(name);
      if (!reading.altered) claims.#taken.add(reading.literal);
    }
    return claims;
  }

  /** The literal, or the same with a number behind the name. */
  claim(literal: string): string {
    let free = literal;
    for (let n = 2; this.#taken.has(free); n++) free = `${literal.slice(0, -2)} ${n}":`;
    this.#taken.add(free);
    return free;
  }
}
