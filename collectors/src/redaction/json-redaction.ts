/** Writes parsed JSON as text without secrets and otherwise without any loss. */
import {
  hidden,
  isMarker,
  isNameOfNext,
  type NameReading,
  nameBeside,
  type Redaction,
  suspicion,
} from '@trailgate/sdk/redaction';
import { isKnownForm } from './known-forms.ts';
import { NameClaims } from './name-claims.ts';

type Members = Readonly<Record<string, unknown>>;

/** Values are what `JSON.parse` gives. One that is nested deeper than the stack throws RangeError. */
export interface JsonRedaction {
  /** JSON text: numbers and the order of names as `JSON.stringify` has them. Doing it twice changes nothing. */
  json(value: unknown): string;
  /** The same of the value of a member with this name. */
  member(name: string, value: unknown): string;
  /** Whether `json` would hide nothing. */
  holdsNothingSecret(value: unknown): boolean;
  /** `json` of a value that may hold `WrittenJson`. */
  written(value: unknown): string;
}

/** JSON text that was judged already and is written as it is where it stands in a value. */
export class WrittenJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** No number below is a payment card (sdk/src/redaction/payment-card.ts). */
const SMALLEST_CARD = 2e13;
/** Names that come again, and what they held last. */
interface NameMemory {
  readonly reading: NameReading;
  /** Was judged, and is nothing secret. */
  clean: string;
}

/** A writer that invents names empties the memory and fills it again. */
const MAX_REMEMBERED = 1000;
const MAX_REMEMBERED_CHARS = 64;
/** Longer than any number. */
const NUMBER_CHARS = 64;
/** A longer name is read by its beginning, and written whole. */
const LONGEST_READ_NAME = 256;
const HIDDEN = '"[redacted]"';
const { hasOwnProperty: hasOwn } = Object.prototype;

export function createJsonRedaction(rules: Redaction, redactText: (text: string) => string): JsonRedaction {
  const { builtIn, readName } = rules;
  // The lines of a stream say the same of most names, one after the other.
  const memories = new Map<string, NameMemory>();
  // `user:ann`, `aws:sqs`: look suspicious, are not, and come again.
  const cleanTexts = new Set<string>();

  return { json, member, holdsNothingSecret, written: valueText };

  function json(value: unknown): string {
    // Most lines have no secret: looking and then writing natively is faster than writing while looking.
    return holdsNothingSecret(value) ? stringified(value) : valueText(value);
  }

  function member(name: string, value: unknown): string {
    return memberText(readName(name), value);
  }

  function holdsNothingSecret(value: unknown): boolean {
    switch (typeof value) {
      case 'string':
        return isCleanText(value);
      case 'number':
        return builtIn ? value < SMALLEST_CARD || numberText(value) === `${value}` : numberIsClean(value);
      case 'object':
        if (value === null) return true;
        return Array.isArray(value) ? listIsClean(value) : membersAreClean(value as Members);
      default:
        return true;
    }
  }

  function membersAreClean(members: Members): boolean {
    for (const name in members) {
      if (!hasOwn.call(members, name)) continue;
      const value = members[name];
      const memory = memories.get(name) ?? remembered(name);
      const { reading } = memory;
      if (!reading.plain) {
        if (reading.altered || isHidden(judgedBeside(reading, members), value)) return false;
      }
      if (typeof value !== 'string') {
        if (!holdsNothingSecret(value)) return false;
      } else if (value !== memory.clean) {
        if (!isCleanText(value)) return false;
        if (value.length <= MAX_REMEMBERED_CHARS) memory.clean = value;
      }
    }
    return true;
  }

  function remembered(name: string): NameMemory {
    const memory: NameMemory = { reading: readName(name), clean: '' };
    if (name.length > MAX_REMEMBERED_CHARS) return memory;
    if (memories.size >= MAX_REMEMBERED) memories.clear();
    memories.set(name, memory);
    return memory;
  }

  function isCleanText(text: string): boolean {
    if (builtIn && (isKnownForm(text) || suspicion(text) === 0)) return true;
    if (cleanTexts.has(text)) return true;
    if (redactText(text) !== text) return false;
    if (text.length <= MAX_REMEMBERED_CHARS) {
      if (cleanTexts.size >= MAX_REMEMBERED) cleanTexts.clear();
      cleanTexts.add(text);
    }
    return true;
  }

  function listIsClean(list: readonly unknown[]): boolean {
    const { length } = list;
    for (let i = 0; i < length; i++) {
      const before = list[i - 1];
      if (i > 0 && isNameOfNext(before, i, length) && isHidden(readName(before), list[i])) return false;
      if (!holdsNothingSecret(list[i])) return false;
    }
    return true;
  }

  function valueText(value: unknown): string {
    switch (typeof value) {
      case 'string':
        return JSON.stringify(redactText(value));
      case 'number':
        return numberText(value);
      case 'object':
        if (value === null) return 'null';
        if (value instanceof WrittenJson) return value.text;
        return Array.isArray(value) ? listText(value) : membersText(value as Members);
      default:
        return stringified(value);
    }
  }

  function membersText(members: Members): string {
    let claims: NameClaims | undefined;
    let text = '';
    for (const name in members) {
      if (!hasOwn.call(members, name)) continue;
      const value = members[name];
      if (value === undefined) continue;
      const reading = readName(name);
      let { literal } = reading;
      if (reading.altered) {
        claims ??= new NameClaims(Object.keys(members), nameText);
        literal = claims.claim(name);
      }
      const written = reading.plain ? valueText(value) : memberText(judgedBeside(reading, members), value);
      text += text === '' ? literal + written : `,${literal}${written}`;
    }
    return `{${text}}`;
  }

  function listText(list: readonly unknown[]): string {
    const { length } = list;
    let text = '';
    for (let i = 0; i < length; i++) {
      const before = list[i - 1];
      const named = i > 0 && isNameOfNext(before, i, length);
      const written = named ? memberText(readName(before), list[i]) : valueText(list[i]);
      text += i === 0 ? written : `,${written}`;
    }
    return `[${text}]`;
  }

  function memberText(reading: NameReading, value: unknown): string {
    if (value instanceof WrittenJson) return value.text;
    if (!isHidden(reading, value)) return valueText(value);
    if (reading.hash === undefined) return HIDDEN;
    if (Array.isArray(value)) {
      const items = value.map((item) => (Array.isArray(item) ? HIDDEN : memberText(reading, item)));
      return `[${items.join(',')}]`;
    }
    return typeof value === 'object' ? HIDDEN : JSON.stringify(hidden(reading, String(value)));
  }

  /** With its colon. */
  function nameText(name: string): string {
    if (name.length <= LONGEST_READ_NAME) return readName(name).literal;
    return `${JSON.stringify(redactText(name))}:`;
  }

  function judgedBeside(reading: NameReading, members: Members): NameReading {
    if (!reading.pairValue) return reading;
    const name = nameBeside(members);
    return name === undefined ? reading : readName(name);
  }

  /** The caller's own patterns are tried on every number, the built-in rules only know cards. */
  function numberText(value: number): string {
    if (!Number.isFinite(value)) return 'null';
    return builtIn && value < SMALLEST_CARD ? `${value}` : rules.json(value, NUMBER_CHARS);
  }

  function numberIsClean(value: number): boolean {
    return !Number.isFinite(value) || numberText(value) === `${value}`;
  }
}

/** What says nothing, an amount of tokens and what is hidden already may be written under a secret name. */
function isHidden(reading: NameReading, value: unknown): boolean {
  if (!reading.secret) return false;
  switch (typeof value) {
    case 'string':
      return value !== '' && !isMarker(value);
    case 'number':
      return !reading.amount;
    case 'object':
      if (reading.hash === undefined || !Array.isArray(value)) return value !== null;
      return value.some((item) => Array.isArray(item) || isHidden(reading, item));
    default:
      return false;
  }
}

function stringified(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}
