/** Checks a name that CloudWatch Logs is to know something by. */
import { described } from '../described.ts';
import { TrailgatePropsError } from '../props-error.ts';

/** Of at most so many characters. @throws TrailgatePropsError */
export function plainName(prop: string, name: unknown, most: number): string {
  if (typeof name === 'string' && name.length <= most && /^[\w.-]+$/.test(name)) return name;
  throw new TrailgatePropsError(prop, `1 to ${most} letters, digits, '.', '_' or '-'`, described(name));
}
