/** Applies one set of rules to all that leaves the process: texts, values of any shape and the fields of a line. */
import { createFieldsText, type FieldsText } from '../json/fields-text.ts';
import { jsonText, type Masks } from '../json/json-text.ts';
import { boundedText, textLiteral } from '../json/text-literal.ts';
import { isSecretName } from './key-names.ts';
import { createNameReader, type ReadName } from './name-reader.ts';
import { redactSecrets } from './secret-values.ts';
import { suspicion } from './suspicion.ts';

/** All bounds are in UTF-16 units and at least 64. Nothing throws, whatever the value does when it is read. */
export interface Redaction {
  /** The caller added no rules, so that what the built-in ones have seen need not be seen again. */
  readonly builtIn: boolean;
  /** A text without secrets, of at most `maxChars` and a marker where it was cut. */
  text(text: string, maxChars: number): string;
  /** A text as a JSON string without secrets, at most `maxChars` long with its quotes. */
  literal(text: string, maxChars: number): string;
  /** Any value as JSON text without secrets, at most `maxChars` long; `null` for what JSON has no form for. */
  json(value: unknown, maxChars: number): string;
  /** Fields of a line behind persistent keys, whose text is kept by the identity of their object. */
  readonly fields: FieldsText;
  /** What becomes of a member with this name, for those who carry data on and walk it themselves. */
  readonly readName: ReadName;
}

/** What a caller's own rules say, before the built-in ones are asked. */
export interface OwnRules {
  /** Whether a name is secret, or the hash for its values; undefined where the built-in rules decide. */
  judge(name: string): boolean | ((value: string) => string) | undefined;
  /** Hides values by the caller's patterns, which must then be tried on every text. */
  readonly clean?: ((text: string) => string) | undefined;
}

export function createRedaction(own?: OwnRules): Redaction {
  const masks: Masks = {
    everyText: own?.clean !== undefined,
    clean(text, flags) {
      const clean = own?.clean?.(text) ?? text;
      return redactSecrets(clean, clean === text ? flags : suspicion(clean), masks.read);
    },
    read: createNameReader({
      judge: (name) => own?.judge(name) ?? isSecretName(name),
      clean: (name, maxChars) => boundedText(name, maxChars, masks),
    }),
  };
  return {
    builtIn: own === undefined,
    text: (text, maxChars) => boundedText(text, maxChars, masks),
    literal: (text, maxChars) => textLiteral(text, maxChars, masks),
    json: (value, maxChars) => jsonText(value, maxChars, masks),
    fields: createFieldsText(masks),
    readName: masks.read,
  };
}
