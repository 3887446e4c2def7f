/** Redaction by the built-in rules alone, for what has no rules of its own at hand. */
import { createRedaction, type Redaction } from './redaction.ts';

/** Holds no state but the names that it has read (name-reader.ts says how many). */
export const DEFAULT_REDACTION: Redaction = createRedaction();

/** Plain JSON data without secrets; `maxChars`, at least 64, bounds its JSON text. Never throws. */
export function redactedCopy(value: unknown, maxChars: number): unknown {
  return value === undefined ? undefined : JSON.parse(DEFAULT_REDACTION.json(value, maxChars));
}

/** A text without secrets, of at most `maxChars` and a marker. */
export function redactedText(text: string, maxChars: number): string {
  return DEFAULT_REDACTION.text(text, maxChars);
}
