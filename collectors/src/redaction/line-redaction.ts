/** Applies the SDK's rules for secrets to what the collector carries on, without any bound that would lose data. */
import { DEFAULT_REDACTION, type Redaction } from '@trailgate/sdk/redaction';
import { redactedEscapes } from './escaped-text.ts';
import { createJsonRedaction, type JsonRedaction } from './json-redaction.ts';

/** `plain`: the value is judged by itself. `secret`: the name or its value must not be written as it is. `pair`: a name beside it decides. */
export type NameVerdict = 'plain' | 'secret' | 'pair';

/**
 * `json` leaves a value as `JSON.stringify` writes it if each name in it is `plain`, each text and the digits of each number
 * are clean, and each text of a list that is at most 64 characters long is `plain` as a name too: it may name the next one.
 */
export interface LineRedaction extends JsonRedaction {
  /** A text of any length without secrets; markers as the SDK writes them. Time grows with the length only. */
  text(text: string): string;
  /** Whether `text` would change nothing. */
  isClean(text: string): boolean;
  name(name: string): NameVerdict;
  /** The rules have patterns of their own, which no look at a text can foretell: each text and number must be asked about. */
  readonly everyText: boolean;
}

/** @param rules those of the functions, so that what they keep is kept here, and their hashes stay theirs */
export function createLineRedaction(rules: Redaction = DEFAULT_REDACTION): LineRedaction {
  const wholeText = (text: string): string => rules.text(text, Number.POSITIVE_INFINITY);
  const redactText = (text: string): string =>
    text.includes('\\') ? redactedEscapes(text, wholeText) : wholeText(text);

  return {
    ...createJsonRedaction(rules, redactText),
    text: redactText,
    everyText: !rules.builtIn,
    isClean: (text) => redactText(text) === text,
    name(name) {
      const { plain, pairValue, altered } = rules.readName(name);
      if (plain) return 'plain';
      return pairValue && !altered ? 'pair' : 'secret';
    },
  };
}
