/** Decides from a member's name whether its value may be written. */

/** Anywhere in a name, after case and separators are gone. */
const SECRET_WITHIN =
  /passw(?!ordless)|pass(?:phras|cod)e|secret(?!ar)|token(?!i[sz])|authorization|cookie|(?:api|private|access|signing|encryption|session|master|account)key|sharedaccess|credential|cardnumber|(?:credit|debit)card|(?:security|recovery|backup|verification)code|connectionstring|mnemonic|seedphrase|x(?:amz|goog)signature|(?:jwt|client)assertion/;
/** Words too short to look for inside others. */
const SECRET_WHOLE =
  /^(?:(?:db|user|smtp|pg|mysql|redis|admin|root|login)?pass|[a-z]{0,10}pwd|pwd[a-z]{0,8}|pin|t?otp|pan|card(?:no)?|cv[cv]2?|ssn|auth|jwt|bearer|sid|(?:j|aspnet)?sessionid|phpsessid|iban|sig)$/;
/** `tokenType`, `secretArn`, `TokenExpiredError`: what is said about a secret is none. */
const ABOUT =
  /(?:count|length|size|type|name|arn|expir(?:y|es|esin|ation)|(?:expires|changed|updated|created|issued|rotated)at|ttl|status|policy|version|strength|limit|used|usage|remaining|enabled|required|present|endpoint|ur[il]|issuer|last4|lastfour|consent|domain|error|exception|service|provider|manager|handler|validator|middleware)$/;
const SEPARATORS = /[^a-z0-9]/g;
/** A name that means a header even in a flat list; of those in the group the whole line is the credential. */
const HEADER =
  /^(?:x[-_].*|[-_.$ ]*(?:api-?key|((?:proxy[-_]*)?authorization|(?:set[-_]*)?cookie2?))[-_.$ ]*)$/i;

/** The name without case and separators, as rules compare it. */
export function bareName(name: string): string {
  return name.toLowerCase().replace(SEPARATORS, '');
}

/** By the built-in rules. */
export function isSecretName(name: string): boolean {
  const bare = bareName(name);
  return (SECRET_WITHIN.test(bare) || SECRET_WHOLE.test(bare)) && !ABOUT.test(bare);
}

/** `authorization`, `cookie`: all of the line behind it is the value. */
export function isLineHeader(name: string): boolean {
  return HEADER.exec(name)?.[1] !== undefined;
}

/** A name that means a header even in a flat list. */
export function isHeaderName(name: string): boolean {
  return HEADER.test(name);
}
