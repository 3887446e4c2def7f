/** Reads what a caller adds to the built-in rules, once and with a name for whatever is wrong. */
import { TrailgateConfigError } from '../errors.ts';
import { bareName } from './key-names.ts';
import { createKeyedHash, type KeyedHash } from './keyed-hash.ts';
import { type NamedPattern, ownPattern, readPatterns } from './user-patterns.ts';

export interface RedactionOptions {
  /** More names of secret members: a text is compared without case and separators, a pattern is tried on the name. */
  readonly names?: readonly (string | RegExp)[];
  /** Names that look secret and are not; they win over every other rule for names but not over patterns. */
  readonly allow?: readonly string[];
  /** More secret values; written as `[redacted:name]`. A match is at most 512 characters long. */
  readonly patterns?: readonly NamedPattern[];
  /** Values that must stay joinable: written as `hmac:` and 22 characters instead of removed. */
  readonly hash?: {
    /** At least 16 bytes; a text is taken as UTF-8. */
    readonly key: string | Uint8Array;
    /** Names of the members whose values are hashed, compared as in `names`; they win over `allow`. */
    readonly names: readonly string[];
    /** Values that are hashed wherever they stand in a text. */
    readonly patterns?: readonly NamedPattern[];
  };
}

export interface Rules {
  readonly secretNames: ReadonlySet<string>;
  readonly secretNamePatterns: readonly RegExp[];
  readonly allowedNames: ReadonlySet<string>;
  readonly hashedNames: ReadonlySet<string>;
  readonly patterns: readonly NamedPattern[];
  readonly hashedPatterns: readonly NamedPattern[];
  readonly hash: KeyedHash | undefined;
}

/** @throws TrailgateConfigError naming the option that is wrong. */
export function readRules(options: RedactionOptions): Rules {
  if (typeof options !== 'object' || options === null) {
    throw new TrailgateConfigError('redaction', 'an object', options);
  }
  const names: readonly unknown[] = list(options.names, 'redaction.names');
  const { hash } = options;
  if (hash !== undefined && (typeof hash !== 'object' || hash === null)) {
    throw new TrailgateConfigError('redaction.hash', 'an object with a key and names', hash);
  }
  return {
    secretNames: bareNames(
      names.filter((name) => !(name instanceof RegExp)),
      'redaction.names',
    ),
    secretNamePatterns: names
      .filter((name) => name instanceof RegExp)
      .map((pattern, i) => ownPattern(pattern, `redaction.names[pattern ${i}]`)),
    allowedNames: bareNames(list(options.allow, 'redaction.allow'), 'redaction.allow'),
    hashedNames: bareNames(
      hash === undefined ? [] : list(hash.names ?? null, 'redaction.hash.names'),
      'redaction.hash.names',
    ),
    patterns: readPatterns(options.patterns, 'redaction.patterns'),
    hashedPatterns: readPatterns(hash?.patterns, 'redaction.hash.patterns'),
    hash: hash === undefined ? undefined : createKeyedHash(hash.key, 'redaction.hash.key'),
  };
}

function list(given: unknown, field: string): readonly unknown[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw new TrailgateConfigError(field, 'a list', given);
  return given;
}

function bareNames(given: readonly unknown[], field: string): ReadonlySet<string> {
  return new Set(
    given.map((name, i) => {
      const bare = typeof name === 'string' ? bareName(name) : '';
      if (bare === '')
        throw new TrailgateConfigError(`${field}[${i}]`, 'a name with a letter or digit', name);
      return bare;
    }),
  );
}
