/** Hashes and checks passwords with scrypt; each hash carries its own salt and cost. */
import { scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt parameters: N must be a power of two; memory is 128·N·r bytes. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP Password Storage Cheat Sheet, scrypt's first choice: 128 MiB a hash. */
export const OWASP_SCRYPT_COST: ScryptCost = { N: 131_072, r: 8, p: 1 };

const SALT_BYTES = 16;
const KEY_BYTES = 32;
const MAX_LN = 20;

/** A stored hash that cannot be read: a fault of the data, never of who tries to log in. */
export class PasswordHashError extends Error {
  readonly code = 'PASSWORD_HASH_INVALID';

  constructor(expected: string) {
    super(`stored password hash: expected ${expected}`);
    this.name = 'PasswordHashError';
  }
}

export type RandomBytes = (size: number) => Uint8Array;

/** `$scrypt$ln=…,r=…,p=…$salt$key`, base64url. */
export async function hashPassword(
  password: string,
  cost: ScryptCost,
  randomBytes: RandomBytes,
): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, cost);
  return `$scrypt$ln=${Math.log2(cost.N)},r=${cost.r},p=${cost.p}$${encode(salt)}$${encode(key)}`;
}

/** Whether the password is the hash's, in a time that does not depend on it. Throws `PasswordHashError`. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const { cost, salt, key } = parseHash(hash);
  return timingSafeEqual(await derive(password, salt, cost), key);
}

const HASH = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]{16,64})\$([\w-]{43})$/;

function parseHash(hash: string): { cost: ScryptCost; salt: Uint8Array; key: Uint8Array } {
  const match = HASH.exec(hash);
  if (match === null) throw new PasswordHashError('$scrypt$ln=…,r=…,p=…$salt$key');
  const [, ln, r, p, salt = '', key = ''] = match;
  if (Number(ln) > MAX_LN) throw new PasswordHashError(`ln of at most ${MAX_LN}`);
  return {
    cost: { N: 2 ** Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
}

function derive(password: string, salt: Uint8Array, { N, r, p }: ScryptCost): Promise<Buffer> {
  // Node refuses by default what needs over 32 MiB.
  const maxmem = 256 * N * r;
  return new Promise((resolve, reject) => {
    // NFKC: the same password typed on two keyboards is one.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
