/** Takes an object of options as far as its members are ones that somebody reads: another spelling would change nothing, unseen. */
import { described } from './described.ts';
import { TrailgatePropsError } from './props-error.ts';

export type Members = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * `prop` is where the caller wrote them; '' for the props themselves.
 * @throws TrailgatePropsError naming the member
 */
export function knownMembers(prop: string, value: unknown, known: readonly string[]): Members {
  if (!isObject(value)) throw new TrailgatePropsError(prop || 'props', 'an object', described(value));
  const odd = Object.keys(value).find((member) => !known.includes(member));
  if (odd === undefined) return value;
  const at = prop === '' ? odd : `${prop}.${odd}`;
  throw new TrailgatePropsError(at, `one of ${known.join(', ')}`, 'a prop of another name');
}
