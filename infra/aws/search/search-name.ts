/** Checks the name that a domain or a collection gets from its deployment. */
import { Token } from 'aws-cdk-lib/core';
import { TrailgatePropsError } from '../props-error.ts';

/** Of domains and of collections alike. */
const LONGEST = 28;

/** The name itself. @throws TrailgatePropsError naming `prop` */
export function searchName(prop: string, name: string, what: 'domain' | 'collection'): string {
  if (Token.isUnresolved(name)) {
    throw new TrailgatePropsError(prop, 'a text that is known at synth', 'a token');
  }
  if (/^[a-z][a-z0-9-]{2,}$/.test(name) && name.length <= LONGEST) return name;
  throw new TrailgatePropsError(
    prop,
    `3 to ${LONGEST} characters of a-z, 0-9 and "-", the first a letter, which the ${what} is named by`,
    `"${name}" (${name.length})`,
  );
}
