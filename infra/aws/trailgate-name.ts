/** Names a deployment by where its construct stands, the same at each synth. */
import { Names } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Domains and collections are named so, too, and take no longer names. */
const LONGEST = 28;

export function defaultName(construct: IConstruct): string {
  const name = Names.uniqueResourceName(construct, {
    maxLength: LONGEST - 1,
    separator: '-',
    allowedSpecialCharacters: '-',
  })
    .toLowerCase()
    .replace(/-+$/, '');
  // Ids may begin with a digit, and names may not.
  return /^[a-z]/.test(name) ? name : `t${name.replace(/^-+/, '')}`;
}
