/** A text that changes with anything a release could install in the index: what CloudFormation compares to know whether to ask. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionFolder } from '../assets/function-code.ts';

/** Of the set-up's code and the rules beside it: the schema, monitors and dashboards are in the one and made from the others. */
export function releaseHash(folder: string = functionFolder('setup')): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.(?:mjs|yaml)$/.test(file)) continue;
    hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  }
  return hash.digest('base64url').slice(0, 22);
}
