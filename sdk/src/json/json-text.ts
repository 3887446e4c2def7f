/** Writes any value as JSON text in one pass: without secrets, within bounds, and whatever the value does when it is read. */

import { REDACTED } from '../redaction/marker.ts';
import { hidden, type NameReading, type ReadName } from '../redaction/name-reader.ts';
import { isNameOfNext, nameBeside } from '../redaction/neighbour-names.ts';
import { isCardNumber } from '../redaction/payment-card.ts';
import { claimed, namesOf } from './name-claims.ts';
import { entriesOf, isPlain, printed, standIn, UNREADABLE } from './object-kinds.ts';
import { type TextMask, TRUNCATED, textLiteral } from './text-literal.ts';

export interface Masks extends TextMask {
  readonly read: ReadName;
}

/** What is left of the bounds while a value is walked. */
export interface Walk {
  readonly masks: Masks;
  /** Characters. */
  room: number;
  values: number;
  /** A marker says where writing stopped; nothing follows but closing brackets. */
  full: boolean;
  readonly ancestors: object[];
}

const { hasOwnProperty: hasOwn } = Object.prototype;
const MAX_DEPTH = 10;
const MAX_VALUES = 2000;
/** Below, not even a marker and its brackets fit. */
const MIN_CHARS = 64;
/** Longest of a number, a hash and the markers, with comma and brackets. */
const VALUE_CHARS = 40;
/** One text leaves as much room as it takes, so that a long one does not cost what comes behind it. */
const SHARE_FROM = 2048;
const CUT = `"${TRUNCATED}"`;
const CUT_MEMBER = `${CUT}:true`;
const HIDDEN = `"${REDACTED}"`;
const NUMBER_LITERAL = /^"(-?\d[\d.e+-]*)"$/;

/** At most `maxChars` long, or 64 where that is more. What JSON has no form for is `null`. */
export function jsonText(value: unknown, maxChars: number, masks: Masks): string {
  return valueText(value, beginWalk(maxChars, masks)) || 'null';
}

/** Room for the one marker is set aside. */
export function beginWalk(maxChars: number, masks: Masks, inside: object[] = []): Walk {
  const room = Math.max(maxChars, MIN_CHARS) - CUT_MEMBER.length - 1;
  return { masks, room, values: MAX_VALUES, full: false, ancestors: inside };
}

/** The members of an object without its brackets. */
export function membersText(value: Readonly<Record<string, unknown>>, walk: Walk): string {
  const { read } = walk.masks;
  let taken: Set<string> | undefined;
  let text = '';
  for (const name in value) {
    // Called like this, the check costs nothing in a loop over the same object.
    if (!hasOwn.call(value, name)) continue;
    const reading = read(name);
    if (isFull(reading, walk)) return stopped(text, walk);
    let literal = reading.literal;
    if (reading.altered) {
      taken ??= namesOf(value, read);
      literal = claimed(literal, taken);
    }
    walk.room -= literal.length + 1;
    let member: unknown;
    try {
      member = value[name];
    } catch {
      // A getter that throws costs its own member only.
      member = UNREADABLE;
    }
    const written = reading.plain
      ? valueText(member, walk)
      : maskedText(judgedBy(reading, value, walk), member, walk);
    if (written === '') walk.room += literal.length + 1;
    else text += text === '' ? literal + written : `,${literal}${written}`;
    if (walk.full) return text;
  }
  return text;
}

function entriesText(entries: Iterable<readonly [string, unknown]>, walk: Walk): string {
  const taken = new Set<string>();
  let text = '';
  for (const [name, value] of entries) {
    const reading = walk.masks.read(name);
    if (isFull(reading, walk)) return stopped(text, walk);
    if (value === undefined) continue;
    const literal = claimed(reading.literal, taken);
    walk.room -= literal.length + 1;
    const written = maskedText(reading, value, walk) || spend('null', walk);
    text += text === '' ? literal + written : `,${literal}${written}`;
    if (walk.full) return text;
  }
  return text;
}

function isFull(reading: NameReading, walk: Walk): boolean {
  walk.values -= 1;
  return walk.values < 0 || walk.room < reading.literal.length + VALUE_CHARS;
}

function stopped(text: string, walk: Walk): string {
  walk.full = true;
  return text === '' ? CUT_MEMBER : `${text},${CUT_MEMBER}`;
}

function spend(text: string, walk: Walk): string {
  walk.room -= text.length;
  return text;
}

/** The empty text for what has no form in JSON. Takes what it writes from the room. */
function valueText(value: unknown, walk: Walk): string {
  switch (typeof value) {
    case 'string':
      return spend(textLiteral(value, walk.room > SHARE_FROM ? walk.room >> 1 : walk.room, walk.masks), walk);
    case 'number':
      return spend(numberText(value, walk.masks), walk);
    case 'boolean':
      return spend(value ? 'true' : 'false', walk);
    case 'object':
      return value === null ? spend('null', walk) : objectText(value, walk);
    case 'undefined':
      return '';
    case 'function':
      return spend('"[function]"', walk);
    default:
      if (value === UNREADABLE) return spend('"[unreadable]"', walk);
      return spend(textLiteral(printed(value), walk.room, walk.masks), walk);
  }
}

function numberText(value: number, masks: Masks): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  if (isCardNumber(value)) return HIDDEN;
  if (!masks.everyText) return `${value}`;
  return textLiteral(`${value}`, VALUE_CHARS, masks).replace(NUMBER_LITERAL, '$1');
}

/** The value of a member whose name is more than a name. */
function maskedText(reading: NameReading, value: unknown, walk: Walk): string {
  if (
    !reading.secret ||
    value === null ||
    value === '' ||
    typeof value === 'boolean' ||
    value === undefined
  ) {
    return valueText(value, walk);
  }
  if (reading.amount && typeof value === 'number') return valueText(value, walk);
  if (reading.hash === undefined || typeof value === 'symbol') return spend(HIDDEN, walk);
  if (Array.isArray(value)) {
    return listText(value, walk, (item) => (Array.isArray(item) ? HIDDEN : maskedText(reading, item, walk)));
  }
  const hash =
    typeof value === 'object' || typeof value === 'function' ? REDACTED : hidden(reading, String(value));
  return spend(`"${hash}"`, walk);
}

/** That of `password` for the value of `{"name":"password","value":…}`. */
function judgedBy(
  reading: NameReading,
  value: Readonly<Record<string, unknown>>,
  { masks }: Walk,
): NameReading {
  if (!reading.pairValue) return reading;
  const sibling = nameBeside(value);
  return sibling === undefined ? reading : masks.read(sibling);
}

function objectText(value: object, walk: Walk): string {
  if (walk.ancestors.includes(value)) return spend('"[circular]"', walk);
  if (walk.ancestors.length >= MAX_DEPTH) return spend(CUT, walk);
  walk.ancestors.push(value);
  const room = walk.room;
  try {
    if (Array.isArray(value)) return listText(value, walk);
    if (isPlain(value)) return braced(value, walk);
    const entries = entriesOf(value);
    if (entries !== undefined) {
      walk.room -= 2;
      return `{${entriesText(entries, walk)}}`;
    }
    const shown = standIn(value);
    return shown === value ? braced(value, walk) : valueText(shown, walk);
  } catch {
    // A toJSON, a proxy or an iterator of the caller threw: the rest is still worth having.
    walk.room = room;
    return spend('"[unreadable]"', walk);
  } finally {
    walk.ancestors.pop();
  }
}

function braced(value: object, walk: Walk): string {
  walk.room -= 2;
  return `{${membersText(value as Readonly<Record<string, unknown>>, walk)}}`;
}

function listText(list: readonly unknown[], walk: Walk, itemText?: (item: unknown) => string): string {
  walk.room -= 2;
  const { length } = list;
  let text = '';
  let before: unknown;
  for (let i = 0; i < length; i++) {
    walk.values -= 1;
    if (walk.values < 0 || walk.room < VALUE_CHARS) {
      walk.full = true;
      return text === '' ? `[${CUT}]` : `[${text},${CUT}]`;
    }
    const item = list[i];
    walk.room -= 1;
    const written = itemText === undefined ? itemOf(item, before, i, length, walk) : itemText(item);
    text += (i === 0 ? '' : ',') + (written || spend('null', walk));
    if (walk.full) break;
    before = item;
  }
  return `[${text}]`;
}

/** Names and values that take turns in a list: pairs, raw headers, arguments of a command. */
function itemOf(item: unknown, before: unknown, i: number, length: number, walk: Walk): string {
  return isNameOfNext(before, i, length)
    ? maskedText(walk.masks.read(before), item, walk)
    : valueText(item, walk);
}
