/** The partition key of all that one user of one tenant owns. */

export interface Owner {
  readonly tenant: string;
  readonly user: string;
}

/** `tenant#user`: unambiguous, as no tenant's name holds a `#`. */
export function ownerKey({ tenant, user }: Owner): string {
  return `${tenant}#${user}`;
}
