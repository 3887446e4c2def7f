/** Reads the rule files of a directory for whoever starts a detector. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RuleError } from '../errors.ts';
import { parseRule } from './parse-rule.ts';
import type { Rule } from './rule.ts';

/** Where the rules that come with this package are. */
export function shippedRules(): URL {
  return new URL('../../rules/', import.meta.url);
}

/** All `*.yaml` rules of a directory, by file name. Throws RuleError for an invalid file or a name or id used twice. */
export async function loadRules(directory: string | URL): Promise<readonly Rule[]> {
  const folder = typeof directory === 'string' ? directory : fileURLToPath(directory);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
  const rules: Rule[] = [];
  for (const file of files) {
    const rule = parseRule(await readFile(join(folder, file), 'utf8'), file);
    for (const field of ['name', 'id'] as const) {
      const twin = rules.find((other) => other[field] === rule[field]);
      if (twin !== undefined)
        throw new RuleError(file, field, `one that rule ${twin.name} has not`, rule[field]);
    }
    rules.push(rule);
  }
  return rules;
}
