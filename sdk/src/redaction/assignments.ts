/** Hides what stands behind a secret name in text: JSON at any depth of escaping, queries, forms, header lines, printed objects. */
import {
  type AssignedName,
  isInQuery,
  isNameChar,
  isPartOfArn,
  nameBefore,
  withWordBefore,
} from './assigned-name.ts';
import {
  backslashesBefore,
  bracketSpan,
  isQuote,
  lineSpan,
  literalSpan,
  quotedSpan,
  runSpan,
  type Span,
  unescaped,
} from './assigned-value.ts';
import { isHeaderName, isLineHeader } from './key-names.ts';
import { isMarker } from './marker.ts';
import type { NameReading } from './name-reader.ts';
import { isRemark, opensRemark } from './remark.ts';

/** What the rules say about names that are found in text. */
export interface SecretNames {
  read(name: string): NameReading;
  /** What is written in place of a value under a secret name. */
  hide(name: string, value: string): string;
}

const EQUALS = 61;
const COLON = 58;
const COMMA = 44;
const PERCENT = 37;
const MAX_GAP = 16;
const SEPARATES: Uint8Array = new Uint8Array(128);
for (const separator of '=:,%"\'`') SEPARATES[separator.charCodeAt(0)] = 1;
const AMOUNT = /^\d[\d.,]*$/;
const WORD_OF_JSON = /^(?:true|false|null|undefined)$/;
/** Stands for the name of a parameter that is only secret as one. */
const SECRET_PARAMETER = 'secret';
const PASSPHRASE = /phrase|mnemonic/i;

interface Assignment {
  readonly name: string;
  readonly value: Span;
  /** Backslashes before the quotes of a value in quotes, otherwise -1. */
  readonly level: number;
  /** Backslashes before the quotes that its replacement needs to be JSON; -1 where it needs none. */
  readonly quotes: number;
  readonly kind: 'quoted' | 'structure' | 'run' | 'prose';
}

export function redactAssignments(text: string, names: SecretNames): string {
  let written = '';
  let done = 0;
  let pairName = '';
  for (let i = 0; i < text.length; i++) {
    if (SEPARATES[text.charCodeAt(i)] !== 1) continue;
    const name = nameAt(text, i, done);
    if (name === undefined) continue;
    const reading = names.read(name.text);
    const judged = secretName(text, name, reading, pairName, names);
    if (judged !== undefined) {
      const found = assignmentAt(text, i, { ...name, text: judged });
      const hidden = found === undefined ? undefined : replacement(text, found, names);
      if (found !== undefined && hidden !== undefined) {
        written += text.slice(done, found.value.start) + hidden;
        done = found.value.end;
        i = Math.max(i, done - 1);
      }
    } else if (reading.pairName) {
      pairName = pairNameBehind(text, i);
    }
  }
  return done === 0 ? text : written + text.slice(done);
}

/** The name by which the value is hidden; undefined where it may be written. */
function secretName(
  text: string,
  name: AssignedName,
  reading: NameReading,
  pairName: string,
  names: SecretNames,
): string | undefined {
  if (reading.secret) return name.text;
  if (reading.parameter && isInQuery(text, name)) return SECRET_PARAMETER;
  const judged = reading.pairValue ? pairName : reading.secondWord ? withWordBefore(text, name) : '';
  return judged !== '' && names.read(judged).secret ? judged : undefined;
}

/** The name whose separator is at `at`. */
function nameAt(text: string, at: number, from: number): AssignedName | undefined {
  const code = text.charCodeAt(at);
  if (code === PERCENT && !/^%3d/i.test(text.slice(at, at + 3))) return undefined;
  if (code === COMMA) return isQuote(text.charCodeAt(at - 1)) ? nameBefore(text, at, from) : undefined;
  if (!isQuote(code)) return nameBefore(text, at, from);
  // `password "hunter2"`: a quoted text right behind a name.
  const space = at - backslashesBefore(text, at) - 1;
  if (text[space] !== ' ' || space <= from || !isNameChar(text.charCodeAt(space - 1))) return undefined;
  return nameBefore(text, space, from);
}

function assignmentAt(text: string, at: number, name: AssignedName): Assignment | undefined {
  const code = text.charCodeAt(at);
  if (code === COMMA) return pairInList(text, at, name);
  if (isQuote(code)) return quotedBehind(text, at, name);
  if (code === COLON && (isPartOfArn(text, name) || text.startsWith('//', at + 1))) return undefined;
  let start = code === PERCENT ? at + 3 : at + 1;
  // `=>`, `===`
  while (code === EQUALS && (text[start] === '=' || text[start] === '>')) start += 1;
  start = afterGap(text, start);
  return valueAt(text, start, name, code === COLON);
}

function valueAt(text: string, start: number, name: AssignedName, colon: boolean): Assignment | undefined {
  let level = 0;
  while (text[start + level] === '\\') level += 1;
  const first = text.charCodeAt(start + level);
  const common = { name: name.text, level: -1, quotes: -1 };
  if (isQuote(first))
    return { ...common, level, value: quotedSpan(text, start + level, level), kind: 'quoted' };
  const structure = { ...common, quotes: name.quoted, kind: 'structure' } as const;
  if (first === 123 || first === 91) {
    return { ...structure, value: bracketSpan(text, start, Math.max(name.quoted, 0)) };
  }
  const wholeLine = isLineHeader(name.text) || (colon && PASSPHRASE.test(name.text));
  if (name.quoted < 0 && wholeLine) {
    return opensRemark(text, start) ? undefined : { ...common, value: lineSpan(text, start), kind: 'run' };
  }
  if (name.quoted >= 0) return { ...structure, value: literalSpan(text, start) };
  return { ...common, value: runSpan(text, start), kind: colon ? 'prose' : 'run' };
}

function quotedBehind(text: string, at: number, name: AssignedName): Assignment | undefined {
  const level = backslashesBefore(text, at);
  const value = quotedSpan(text, at, level);
  // `Unexpected token '}'`
  if (value.end - value.start < 2) return undefined;
  return { name: name.text, value, level, quotes: -1, kind: 'quoted' };
}

/** `["authorization","…"]`, and a header and its value among others of a flat list. */
function pairInList(
  text: string,
  at: number,
  { text: name, start, quoted }: AssignedName,
): Assignment | undefined {
  if (quoted < 0) return undefined;
  const quote = afterGap(text, at + 1) + quoted;
  if (!isQuote(text.charCodeAt(quote)) || backslashesBefore(text, quote) !== quoted) return undefined;
  const value = quotedSpan(text, quote, quoted);
  const opens = /[[(]\s{0,2}$/.test(text.slice(Math.max(0, start - quoted - 4), start - 1 - quoted));
  const closes = /^\\{0,7}["'`]\s{0,2}[\])]/.test(text.slice(value.end, value.end + 12));
  const isName = /^\\{0,7}["'`]\s{0,4}:/.test(text.slice(value.end, value.end + 16));
  if (isName || !(isHeaderName(name) || (opens && closes))) return undefined;
  return { name, value, level: quoted, quotes: -1, kind: 'quoted' };
}

function replacement(text: string, found: Assignment, names: SecretNames): string | undefined {
  const value = text.slice(found.value.start, found.value.end);
  if (value === '' || isMarker(value) || WORD_OF_JSON.test(value)) return undefined;
  // What a scheme or a rule before has hidden already, with the scheme's name left to read.
  if (/^[\w-]{1,24}\s{1,4}\[redacted\]$/.test(value)) return undefined;
  if (AMOUNT.test(value) && names.read(found.name).amount) return undefined;
  if (found.kind === 'prose' && isRemark(found.name, value)) return undefined;
  const hidden = names.hide(found.name, found.level < 0 ? value : unescaped(value, found.level));
  if (found.quotes < 0) return hidden;
  const quote = `${'\\'.repeat(found.quotes)}"`;
  return quote + hidden + quote;
}

function pairNameBehind(text: string, at: number): string {
  return /^\s{0,4}\\{0,7}["']([\w .-]{1,64})\\{0,7}["']/.exec(text.slice(at + 1, at + 96))?.[1] ?? '';
}

function afterGap(text: string, start: number): number {
  let at = start;
  while (at - start < MAX_GAP && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === 32 || (code > 8 && code < 14);
}
