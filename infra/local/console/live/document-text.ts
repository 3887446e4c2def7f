/** Lays a document out to be read: indented, bounded, and with nothing in it that hides or turns other text around. */
import { legibleText } from './legible-text.ts';

/** UTF-16 code units shown of a document. */
export const MAX_DOCUMENT = 65_536;
/** Levels that are indented further than the one before: deeper nesting is an attacker's. */
const MAX_INDENT = 32;

/**
 * Indents by reading along the text instead of parsing it, so that numbers, repeated keys and the order of keys stay as they
 * are in the index, and no depth of nesting is too deep. What is no JSON comes back as text.
 */
export function documentText(source: string): string {
  const { text, read } = indented(source);
  const legible = text
    .split('\n')
    .map((line) => legibleText(line, Number.POSITIVE_INFINITY))
    .join('\n');
  if (read >= source.length) return legible;
  return `${legible}\n… cut: ${read} of the document’s ${source.length} characters are shown`;
}

interface Indented {
  readonly text: string;
  /** Characters of the source that are in it. */
  readonly read: number;
}

function indented(source: string): Indented {
  let text = '';
  let depth = 0;
  let quoted = false;
  let at = 0;
  for (; at < source.length && text.length < MAX_DOCUMENT; at += 1) {
    const sign = source.charAt(at);
    if (quoted) {
      text += sign;
      if (sign === '"') quoted = false;
      else if (sign === '\\' && at + 1 < source.length) text += source.charAt(++at);
    } else if (sign === '{' || sign === '[') {
      const isEmpty = /[\]}]/.test(source.charAt(at + 1));
      if (isEmpty) text += sign + source.charAt(++at);
      else text += sign + newLine(++depth);
    } else if (sign === '}' || sign === ']') text += newLine(--depth) + sign;
    else if (sign === ',') text += sign + newLine(depth);
    else if (sign === ':') text += `${sign} `;
    else if (!/[ \t\r\n]/.test(sign)) {
      quoted = sign === '"';
      text += sign;
    }
  }
  return { text, read: at };
}

function newLine(depth: number): string {
  return `\n${'  '.repeat(Math.max(0, Math.min(depth, MAX_INDENT)))}`;
}
