/** Says who calls, as the authorizer established it: the only identity that a route may act on. */

export interface Principal {
  readonly user: string;
  readonly tenant: string;
  readonly roles: readonly string[];
}
