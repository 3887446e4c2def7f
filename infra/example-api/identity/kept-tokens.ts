/** Keeps the tokens of the API's own calls for half their life, so that a signature is not paid for with every call. */
import type { Principal } from '../http/principal.ts';

export type IssueToken = (principal: Principal, seconds: number) => Promise<string>;

/** Tenants whose tokens are held at once; beyond, all are made anew. */
const MAX_KEPT = 1_000;

interface Kept {
  readonly token: Promise<string>;
  /** Epoch ms. */
  readonly until: number;
}

/** A token that is given still lives for `seconds / 2` at least. */
export function keepTokens(issue: IssueToken, clock: () => number): IssueToken {
  const kept = new Map<string, Kept>();
  return (principal, seconds) => {
    const now = clock();
    const key = JSON.stringify([principal.tenant, principal.user, principal.roles, seconds]);
    const known = kept.get(key);
    if (known !== undefined && known.until > now) return known.token;
    if (kept.size >= MAX_KEPT) kept.clear();
    const token = issue(principal, seconds);
    kept.set(key, { token, until: now + seconds * 500 });
    // A signature that failed must be asked for again, by the next call.
    token.catch(() => kept.delete(key));
    return token;
  };
}
