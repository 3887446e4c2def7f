/** Leaves out of an object what is undefined in it, so that what it is laid over keeps its own. */

export type GivenMembers<T> = { [K in keyof T]: Exclude<T[K], undefined> };

export function givenMembers<T extends object>(members: T): GivenMembers<T> {
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as GivenMembers<T>;
}
