/** Remembers by their bytes what the names of members mean, because the same few names come on every line, mostly in the same order. */
import { NOT_PLAIN } from '../decode/json-bytes.ts';

/** Values under the name are judged by themselves. */
export const PLAIN_NAME = 1;
/** Values under the name must be hidden, and the name itself may be written. */
export const HIDING_NAME = 2;
/** A name beside it decides about the value. */
export const PAIR_NAME = 4;
/** The text under it may be the name that decides. */
export const DECIDING_NAME = 8;
/** The contract has it at the root of a record. */
export const ROOT_NAME = 16;
// Names that a line is read for.
export const MESSAGE_NAME = 32;
export const SERVICE_NAME = 64;
export const FAAS_NAME = 128;
export const NAME_NAME = 256;
export const FIELDS_NAME = 512;

/** Deepest object in which names are told apart. */
export const MAX_DEPTH = 15;

/** More than a service has; one that invents names only makes its own lines slow. */
const PLACES = 4096;
/** Places in which a name may be. */
const TRIES = 4;
const LONGEST = 48;
const DEPTHS = MAX_DEPTH + 1;
const QUOTE = 0x22;

/** A name's place in the memory is good for one line: it may be given to another name then. */
export class KeyMemory {
  /** Behind a `find`: the closing quote. */
  end = 0;
  readonly #read: (name: string) => number;
  readonly #hashes = new Int32Array(PLACES);
  readonly #lengths = new Uint8Array(PLACES);
  readonly #meanings = new Uint16Array(PLACES);
  readonly #names = new Uint8Array(PLACES * LONGEST);
  /** The name that last came behind another, and the first one inside it. */
  readonly #next = new Uint16Array(PLACES);
  readonly #first = new Uint16Array(PLACES);
  /** The object that had the name last, at each depth. */
  readonly #object = new Int32Array(PLACES * DEPTHS);
  #turn = 0;

  /** `read` says what a name means, as a union of the flags above: always the same of the same name. */
  constructor(read: (name: string) => number) {
    this.#read = read;
  }

  /** The place of the name that begins at `from`, behind its quote, and comes after another one in its object; -1 for an odd one. */
  findNext(bytes: Buffer, from: number, after: number): number {
    const likely = this.#next[after] ?? 0;
    if (this.#isAt(likely, bytes, from)) return likely;
    const place = this.#findAnew(bytes, from);
    if (place >= 0) this.#next[after] = place;
    return place;
  }

  /** The same of the first name in the object under another one. */
  findFirst(bytes: Buffer, from: number, inside: number): number {
    const likely = this.#first[inside] ?? 0;
    if (this.#isAt(likely, bytes, from)) return likely;
    const place = this.#findAnew(bytes, from);
    if (place >= 0) this.#first[inside] = place;
    return place;
  }

  meaning(place: number): number {
    return this.#meanings[place] ?? 0;
  }

  /** Whether the object, by its number, has the name for the first time; an object within it has a greater depth. */
  isNewIn(object: number, depth: number, place: number): boolean {
    const at = place * DEPTHS + depth;
    if (this.#object[at] === object) return false;
    this.#object[at] = object;
    return true;
  }

  /** What a text would mean as a name. */
  meaningOf(bytes: Buffer, from: number, end: number): number {
    const place = this.#find(bytes, from, end);
    return place < 0 ? this.#read(bytes.toString('utf8', from, end)) : this.meaning(place);
  }

  /** Whether it is this name, up to its quote. */
  #isAt(place: number, bytes: Buffer, from: number): boolean {
    const length = this.#lengths[place] ?? 0;
    if (length === 0 || bytes[from + length] !== QUOTE || !this.#isSame(place, bytes, from, length))
      return false;
    this.end = from + length;
    return true;
  }

  #isSame(place: number, bytes: Buffer, from: number, length: number): boolean {
    const names = this.#names;
    const start = place * LONGEST;
    for (let i = 0; i < length; i++) if (names[start + i] !== bytes[from + i]) return false;
    return true;
  }

  #findAnew(bytes: Buffer, from: number): number {
    let at = from;
    while (NOT_PLAIN[bytes[at] ?? 0] === 0) at++;
    this.end = at;
    return bytes[at] === QUOTE ? this.#find(bytes, from, at) : -1;
  }

  #find(bytes: Buffer, from: number, end: number): number {
    const length = end - from;
    if (length === 0 || length > LONGEST) return -1;
    let hash = 0;
    for (let at = from; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
    const first = hash ^ (hash >>> 15);
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const place = (first + attempt) & (PLACES - 1);
      if (this.#hashes[place] !== hash || this.#lengths[place] !== length) continue;
      if (this.#isSame(place, bytes, from, length)) return place;
    }
    return this.#learn(bytes, from, end, hash, first);
  }

  /** Where all places are taken, the name is learned for later lines, but this one may have named what had to go for it. */
  #learn(bytes: Buffer, from: number, end: number, hash: number, first: number): number {
    let attempt = 0;
    while (attempt < TRIES && this.#lengths[(first + attempt) & (PLACES - 1)] !== 0) attempt++;
    const isFree = attempt < TRIES;
    const place = (first + (isFree ? attempt : this.#turn++ % TRIES)) & (PLACES - 1);
    this.#hashes[place] = hash;
    this.#lengths[place] = end - from;
    this.#meanings[place] = this.#read(bytes.toString('utf8', from, end));
    bytes.copy(this.#names, place * LONGEST, from, end);
    return isFree ? place : -1;
  }
}
