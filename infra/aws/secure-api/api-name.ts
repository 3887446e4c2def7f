/** Names an API: its log groups, firewalls and queues carry the name, the same at each synth. */
import { Names } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { TrailgatePropsError } from '../props-error.ts';

const NAME = /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/;
const MAX_CHARS = 32;

/** The given name, or one made of the construct's path. Throws `TrailgatePropsError`. */
export function apiName(construct: IConstruct, given: string | undefined): string {
  if (given === undefined) {
    const unique = Names.uniqueResourceName(construct, { maxLength: MAX_CHARS - 4, separator: '-' });
    return `api-${unique
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')}`;
  }
  if (typeof given !== 'string' || !NAME.test(given)) {
    const expected = `3 to ${MAX_CHARS} characters of a-z, 0-9 and dashes, a letter first and no dash at the end`;
    throw new TrailgatePropsError('name', expected, JSON.stringify(given));
  }
  return given;
}
