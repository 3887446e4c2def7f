/** Hides what stands behind a secret name in text: JSON at any depth of escaping, queries, forms, header lines, printed objects. */
import { type AssignedName, CLASSES, NAME_CHAR, nameBefore, QUOTE, SEPARATOR } from './assigned-name.ts';
import {
  backslashesBefore,
  bracketEnd,
  endBehind,
  LINE_END,
  LITERAL_END,
  quotedEnd,
  runEnd,
  unescaped,
} from './assigned-value.ts';
import { isHeaderName, isLineHeader } from './key-names.ts';
import { isMarker } from './marker.ts';
import { hidden, type NameReading, type ReadName } from './name-reader.ts';
import { isRemark, opensRemark } from './remark.ts';

interface Value {
  readonly start: number;
  /** Index behind the last character. */
  readonly end: number;
  /** Backslashes before the quotes of a value in quotes. */
  readonly level?: number;
  /** Backslashes before the quotes that its replacement needs to be JSON; none where negative. */
  readonly quotes?: number;
  /** It may be a word of a sentence. */
  readonly prose?: boolean;
}

const COMMA = 44;
const PERCENT = 37;
/** `=`, `=>`, `===`, `:`, `,`, `%3D` and the backslashes before the value. */
const SEPARATION = /(?:%3d|[:,]|=[=>]*)\s{0,16}(\\*)/iy;
const BEHIND_QUOTED = /\\*["'`]\s{0,4}([:\])])?/y;
const PAIR_NAME = /\s{0,4}\\{0,7}["']([\w .-]{1,64})\\{0,7}["']/y;
const FIRST_WORD = /[\w-]{1,24}(?= $)/;
/** `arn:aws:secretsmanager:…:secret:name` names a secret and holds none. */
const ARN = /arn:[\w:*/-]{0,200}:$/;
const OPENS_LIST = /[[(]\s{0,2}$/;
/** Says nothing, is hidden already, or is hidden behind the name of a scheme. */
const NO_SECRET = /^(?:|true|false|null|undefined|[\w-]{1,24}\s{1,4}\[redacted\])$/;
const AMOUNT = /^\d[\d.,]*$/;
const PASSPHRASE = /phrase|mnemonic/i;
/** Stands for the name of a parameter that is only secret as one. */
const SECRET_PARAMETER = 'secret';

export function redactAssignments(text: string, read: ReadName): string {
  let written = '';
  let done = 0;
  let pairName = '';
  for (let i = 0; i < text.length; i++) {
    const kind = CLASSES[text.charCodeAt(i)];
    if (kind !== SEPARATOR && kind !== QUOTE) continue;
    const name = nameAt(text, i, done);
    if (name === undefined) continue;
    let reading = read(name.text);
    if (reading.pairName && !reading.secret) {
      PAIR_NAME.lastIndex = i + 1;
      pairName = PAIR_NAME.exec(text)?.[1] ?? '';
    }
    if (reading.ambiguous) reading = inContext(text, name, reading, pairName, read);
    if (!reading.secret) continue;
    const value = valueBehind(text, i, name, reading);
    const instead = value && replacement(text, value, reading);
    if (value === undefined || instead === undefined) continue;
    written += text.slice(done, value.start) + instead;
    done = value.end;
    i = Math.max(i, done - 1);
  }
  return done === 0 ? text : written + text.slice(done);
}

/** The name whose separator is at `at`. */
function nameAt(text: string, at: number, from: number): AssignedName | undefined {
  const code = text.charCodeAt(at);
  if (CLASSES[code] === QUOTE) {
    // `password "hunter2"`: a quoted text right behind a name.
    const end = at - backslashesBefore(text, at) - 1;
    const follows = text[end] === ' ' && end > from && CLASSES[text.charCodeAt(end - 1)] === NAME_CHAR;
    return follows ? nameBefore(text, end, from) : undefined;
  }
  if (code === COMMA && CLASSES[text.charCodeAt(at - 1)] !== QUOTE) return undefined;
  if (code === PERCENT && !/3d/i.test(text.slice(at + 1, at + 3))) return undefined;
  return nameBefore(text, at, from);
}

/** What a name that is not secret alone is where it stands: in a query, behind another word, beside a name. */
function inContext(
  text: string,
  { text: name, start, quoted }: AssignedName,
  reading: NameReading,
  pairName: string,
  read: ReadName,
): NameReading {
  const before = text[start - 1];
  if (reading.parameter && (before === '?' || before === '&')) return read(SECRET_PARAMETER);
  if (reading.pairValue) return read(pairName);
  if (!reading.secondWord || quoted >= 0 || before !== ' ') return reading;
  return read((FIRST_WORD.exec(text.slice(Math.max(0, start - 25), start))?.[0] ?? '') + name);
}

function valueBehind(text: string, at: number, name: AssignedName, reading: NameReading): Value | undefined {
  const { start: nameStart, quoted } = name;
  if (CLASSES[text.charCodeAt(at)] === QUOTE) {
    const level = backslashesBefore(text, at);
    const end = quotedEnd(text, at, level);
    // `Unexpected token '}'`
    return end - at < 3 ? undefined : { start: at + 1, end, level };
  }
  SEPARATION.lastIndex = at;
  const level = SEPARATION.exec(text)?.[1]?.length ?? 0;
  const quote = SEPARATION.lastIndex;
  const start = quote - level;
  if (text[at] === ',') return valueInList(text, quote, level, name);
  const colon = text[at] === ':';
  if (
    colon &&
    (text.startsWith('//', at + 1) || ARN.test(text.slice(Math.max(0, nameStart - 200), nameStart)))
  ) {
    return undefined;
  }
  if (CLASSES[text.charCodeAt(quote)] === QUOTE) {
    return { start: quote + 1, end: quotedEnd(text, quote, level), level };
  }
  if (text[quote] === '{' || text[quote] === '[') {
    return { start, end: bracketEnd(text, start, Math.max(quoted, 0)), quotes: quoted };
  }
  if (quoted >= 0) return { start, end: endBehind(text, start, LITERAL_END), quotes: quoted };
  if (isLineHeader(reading.name) || (colon && PASSPHRASE.test(reading.name))) {
    const end = endBehind(text, start, LINE_END);
    return opensRemark(text.slice(start, end)) ? undefined : { start, end };
  }
  return { start, end: runEnd(text, start), prose: colon };
}

/** `["authorization","…"]`, and a header and its value among others of a flat list. */
function valueInList(
  text: string,
  quote: number,
  level: number,
  { text: name, start, quoted }: AssignedName,
): Value | undefined {
  if (level !== quoted || CLASSES[text.charCodeAt(quote)] !== QUOTE) return undefined;
  const end = quotedEnd(text, quote, level);
  BEHIND_QUOTED.lastIndex = end;
  const behind = BEHIND_QUOTED.exec(text)?.[1];
  const opening = start - quoted - 1;
  const isPair = behind !== undefined && OPENS_LIST.test(text.slice(Math.max(0, opening - 3), opening));
  return behind !== ':' && (isPair || isHeaderName(name)) ? { start: quote + 1, end, level } : undefined;
}

function replacement(text: string, found: Value, reading: NameReading): string | undefined {
  const { start, end, level, quotes = -1 } = found;
  const value = text.slice(start, end);
  if (NO_SECRET.test(value) || isMarker(value)) return undefined;
  if (reading.amount && AMOUNT.test(value)) return undefined;
  if (found.prose === true && isRemark(reading.name, value)) return undefined;
  const instead = hidden(reading, level === undefined ? value : unescaped(value, level));
  if (quotes < 0) return instead;
  const quote = `${'\\'.repeat(quotes)}"`;
  return quote + instead + quote;
}
