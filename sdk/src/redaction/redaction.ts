/** Applies one set of rules to all that leaves the process: texts, values of any shape and the fields of a line. */
import { createFieldsText, type FieldsText } from '../json/fields-text.ts';
import { jsonText, type Masks } from '../json/json-text.ts';
import { boundedText, type TextMask, textLiteral } from '../json/text-literal.ts';
import type { SecretNames } from './assignments.ts';
import { bareName, isSecretName } from './key-names.ts';
import { REDACTED } from './marker.ts';
import { NameReader } from './name-reader.ts';
import { type RedactionOptions, type Rules, readRules } from './options.ts';
import { redactSecrets } from './secret-values.ts';
import { suspicion } from './suspicion.ts';
import { replaceMatches } from './user-patterns.ts';

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
}

/** @throws TrailgateConfigError naming the option that is wrong. */
export function createRedaction(options: RedactionOptions = {}): Redaction {
  const rules = readRules(options);
  const masks = createMasks(rules);
  return {
    builtIn: Object.values(rules).every((rule) => rule === undefined || sizeOf(rule) === 0),
    text: (text, maxChars) => boundedText(text, maxChars, masks),
    literal: (text, maxChars) => textLiteral(text, maxChars, masks),
    json: (value, maxChars) => jsonText(value, maxChars, masks),
    fields: createFieldsText(masks),
  };
}

function sizeOf(rule: NonNullable<Rules[keyof Rules]>): number {
  return 'size' in rule ? rule.size : rule.length;
}

function createMasks(rules: Rules): Masks {
  const hash = rules.hash ?? (() => REDACTED);
  const secretNames: SecretNames = {
    read: (name) => names.read(name),
    hide: (name, value) => (names.read(name).hashed ? hash(value) : REDACTED),
  };
  const mask: TextMask = {
    everyText: rules.patterns.length + rules.hashedPatterns.length > 0,
    clean(text, flags) {
      const own = ownPatterns(text, rules, hash);
      return redactSecrets(own, own === text ? flags : suspicion(own), secretNames);
    },
  };
  const names = new NameReader({
    isSecret: (name) => isSecretByRules(name, rules),
    isHashed: (name) => rules.hashedNames.has(bareName(name)),
    clean: (name, maxChars) => boundedText(name, maxChars, mask),
  });
  return { ...mask, names, hash };
}

function ownPatterns(text: string, rules: Rules, hash: (value: string) => string): string {
  let clean = text;
  for (const { pattern } of rules.hashedPatterns) clean = replaceMatches(clean, pattern, hash);
  for (const { name, pattern } of rules.patterns) {
    clean = replaceMatches(clean, pattern, () => `[redacted:${name}]`);
  }
  return clean;
}

function isSecretByRules(name: string, rules: Rules): boolean {
  const bare = bareName(name);
  if (rules.allowedNames.has(bare)) return false;
  if (isSecretName(name) || rules.secretNames.has(bare)) return true;
  return rules.secretNamePatterns.some((pattern) => {
    pattern.lastIndex = 0;
    return pattern.test(name);
  });
}
