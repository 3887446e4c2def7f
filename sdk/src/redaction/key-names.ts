/** Decides from a member's name whether its value may be written. */

/** Anywhere in a name, after case and separators are gone. */
const SECRET_WITHIN =
  /passw(?!ordless)|passphrase|passcode|secret(?!ar)|token(?!i[sz])|authorization|cookie|apikey|privatekey|accesskey|signingkey|encryptionkey|sessionkey|masterkey|accountkey|sharedaccess|credential|cardnumber|creditcard|debitcard|securitycode|recoverycode|backupcode|verificationcode|connectionstring|mnemonic|seedphrase|xamzsignature|xgoogsignature|jwtassertion|clientassertion/;
/** Words too short to look for inside others. */
const SECRET_WHOLE =
  /^(?:(?:db|user|smtp|pg|mysql|redis|admin|root|login)?pass|[a-z]{0,10}pwd|pwd[a-z]{0,8}|pin|t?otp|pan|cardno|card|cvv2?|cvc2?|ssn|auth|jwt|bearer|sid|(?:j|aspnet)?sessionid|phpsessid|iban|sig)$/;
/** `tokenType`, `secretArn`, `TokenExpiredError`: what is said about a secret is none. */
const ABOUT =
  /(?:count|length|size|type|name|arn|expiry|expires|expiresin|expiration|(?:expires|changed|updated|created|issued|rotated)at|ttl|status|policy|version|strength|limit|used|usage|remaining|enabled|required|present|endpoint|url|uri|issuer|last4|lastfour|consent|domain|error|exception|service|provider|manager|handler|validator|middleware)$/;
/** A number of tokens is none of them. */
const AMOUNT = /tokens$/;
const SEPARATORS = /[^a-z0-9]/g;

/** Headers that hold credentials in their whole line. */
const LINE_HEADER = /^(?:proxy)?authorization$|^(?:set)?cookie2?$/;
const HEADER = /^(?:x[-_].*|(?:proxy-)?authorization|(?:set-)?cookie2?|api-key|apikey)$/i;

/** Beyond, a name is no name that anybody chose. */
export const LONGEST_NAME = 256;

/** The name without case and separators, as rules compare it. */
export function bareName(name: string): string {
  return name.toLowerCase().replace(SEPARATORS, '');
}

/** By the built-in rules. */
export function isSecretName(name: string): boolean {
  const bare = bareName(name);
  return (SECRET_WITHIN.test(bare) || SECRET_WHOLE.test(bare)) && !ABOUT.test(bare);
}

/** A secret name that a number may stand under. */
export function isAmount(name: string): boolean {
  return AMOUNT.test(bareName(name));
}

/** `authorization`, `cookie`: all of the line behind it is the value. */
export function isLineHeader(name: string): boolean {
  return LINE_HEADER.test(bareName(name));
}

/** A name that means a header even in a flat list. */
export function isHeaderName(name: string): boolean {
  return HEADER.test(name);
}
