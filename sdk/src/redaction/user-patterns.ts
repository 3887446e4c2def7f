/** Prepares the patterns that a caller adds, so that none can be sticky, empty or grow without bound on a text. */
import { TrailgateConfigError } from '../errors.ts';

/** A value pattern with the name that shows where it matched. */
export interface NamedPattern {
  readonly name: string;
  readonly pattern: RegExp;
}

/** A text is searched in windows of so many characters that overlap by half; a match is at most half as long. */
const WINDOW_CHARS = 1024;
const STEP_CHARS = WINDOW_CHARS / 2;
const MAX_UNBOUNDED = 3;
const NAME = /^[\w-]{1,64}$/;

/** @throws TrailgateConfigError naming the pattern and what is wrong with it. */
export function readPatterns(given: unknown, field: string): readonly NamedPattern[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw new TrailgateConfigError(field, 'a list of {name, pattern}', given);
  return given.map((entry: Partial<NamedPattern> | null, i) => {
    const name: unknown = entry?.name;
    if (typeof name !== 'string' || !NAME.test(name)) {
      throw new TrailgateConfigError(`${field}[${i}].name`, '1 to 64 letters, digits, "_" or "-"', name);
    }
    return { name, pattern: ownPattern(entry?.pattern, `${field}[${i}].pattern`) };
  });
}

/** A copy that is global and not sticky, without what a subclass or a caller may have added. */
export function ownPattern(given: unknown, field: string): RegExp {
  if (!(given instanceof RegExp)) throw new TrailgateConfigError(field, 'a regular expression', given);
  const { source, flags } = given;
  const pattern = new RegExp(source, [...new Set(`${flags.replace(/[gy]/g, '')}g`)].join(''));
  if (pattern.test('')) {
    throw new TrailgateConfigError(field, 'a pattern that does not match the empty text', source);
  }
  const { nested, unbounded } = repetition(source);
  if (nested || unbounded > MAX_UNBOUNDED) {
    throw new TrailgateConfigError(
      field,
      `no unbounded repetition inside a repetition and at most ${MAX_UNBOUNDED} in all, because their cost explodes (write {0,n})`,
      source,
    );
  }
  return pattern;
}

/** Writes `put(match)` in place of each match. */
export function replaceMatches(text: string, pattern: RegExp, put: (match: string) => string): string {
  if (text.length <= WINDOW_CHARS) return text.replace(pattern, (match) => put(match));
  let written = '';
  let done = 0;
  for (let from = 0; from < text.length; from += STEP_CHARS) {
    for (const match of text.slice(from, from + WINDOW_CHARS).matchAll(pattern)) {
      const start = from + match.index;
      const end = start + match[0].length;
      if (end <= done || match[0] === '') continue;
      written += text.slice(done, Math.max(done, start)) + put(match[0]);
      done = end;
    }
  }
  return written + text.slice(done);
}

/** Counts `*`, `+` and `{n,}`, and says whether one of them repeats a group that holds another. */
function repetition(source: string): { readonly nested: boolean; readonly unbounded: number } {
  const groups: boolean[] = [];
  let unbounded = 0;
  let nested = false;
  let closed = false;
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const character = source[i] ?? '';
    if (character === '\\') {
      i += 1;
      closed = false;
    } else if (inClass) {
      inClass = character !== ']';
    } else if (character === '[') {
      inClass = true;
      closed = false;
    } else if (character === '(') {
      groups.push(false);
      closed = false;
    } else if (character === ')') {
      closed = groups.pop() ?? false;
      if (closed && groups.length > 0) groups[groups.length - 1] = true;
    } else if (/^(?:[*+]|\{\d+(?:,\d*)?\})/.test(source.slice(i, i + 24))) {
      nested ||= closed;
      closed = false;
      if (character === '{') i = source.indexOf('}', i);
      if (character === '{' && source[i - 1] !== ',') continue;
      unbounded += 1;
      if (groups.length > 0) groups[groups.length - 1] = true;
    } else if (character !== '?') {
      closed = false;
    }
  }
  return { nested, unbounded };
}
