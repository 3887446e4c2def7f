/** Puts a caller's own rules before the built-in ones; an entry of its own, so that only those who have rules carry them. */
import { bareName } from './key-names.ts';
import { REDACTED } from './marker.ts';
import { type RedactionOptions, readRules } from './options.ts';
import { createRedaction, type Redaction } from './redaction.ts';
import { replaceMatches } from './user-patterns.ts';

/**
 * For `createTrailgate({ redaction: redactionRules({ … }) })`: the built-in rules and yours.
 * @throws TrailgateConfigError naming the option that is wrong.
 */
export function redactionRules(options: RedactionOptions): Redaction {
  const rules = readRules(options);
  const { hash = () => REDACTED, patterns, hashedPatterns } = rules;

  return createRedaction({
    judge(name) {
      const bare = bareName(name);
      if (rules.hashedNames.has(bare)) return hash;
      if (rules.allowedNames.has(bare)) return false;
      const secret =
        rules.secretNames.has(bare) || rules.secretNamePatterns.some((pattern) => name.search(pattern) >= 0);
      return secret || undefined;
    },
    clean: patterns.length + hashedPatterns.length === 0 ? undefined : clean,
  });

  function clean(text: string): string {
    let written = text;
    for (const { pattern } of hashedPatterns) written = replaceMatches(written, pattern, hash);
    for (const { name, pattern } of patterns) {
      written = replaceMatches(written, pattern, () => `${REDACTED.slice(0, -1)}:${name}]`);
    }
    return written;
  }
}
