/** Decides from a key's name whether its value may be written. */
import { redactText } from './secret-values.ts';

/** Anywhere in a name, after case and separators are gone. */
const SECRET_WITHIN =
  /passw|passphrase|secret|token|authorization|cookie|apikey|privatekey|accesskey|signingkey|encryptionkey|credential|cardnumber|creditcard|debitcard|securitycode|connectionstring/;
/** Words too short to look for inside others. */
const SECRET_WHOLE = /^(?:pwd|pass|pin|otp|pan|card|cvv2?|cvc2?|ssn|auth|jwt|bearer|sid|sessionid|iban)$/;
const SEPARATORS = /[^a-z0-9]/g;

/** What becomes of a member with this name. */
export interface NameReading {
  /** Its value must not be written. */
  readonly secret: boolean;
  /** The name itself, short and without secrets. */
  readonly written: string;
}

const LONGEST_NAME = 256;
/** Names repeat on every line; so many are read only once. */
const REMEMBERED = 1000;
const remembered = new Map<string, NameReading>();

export function readName(name: string): NameReading {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const short = name.slice(0, LONGEST_NAME);
  const reading = { secret: isSecretName(short), written: redactText(short) };
  if (remembered.size < REMEMBERED && name.length <= LONGEST_NAME) remembered.set(name, reading);
  return reading;
}

export function isSecretName(name: string): boolean {
  const bare = name.toLowerCase().replace(SEPARATORS, '');
  return SECRET_WITHIN.test(bare) || SECRET_WHOLE.test(bare);
}
