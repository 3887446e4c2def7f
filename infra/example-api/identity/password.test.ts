import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashPassword, OWASP_SCRYPT_COST, PasswordHashError, verifyPassword } from './password.ts';

const LOW = { N: 16, r: 8, p: 1 };

test('a password verifies against its hash and no other does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), async (password, other) => {
      const hash = await hashPassword(password, LOW, randomBytes);
      expect(await verifyPassword(password, hash)).toBe(true);
      expect(await verifyPassword(other, hash)).toBe(other.normalize('NFKC') === password.normalize('NFKC'));
    }),
    { numRuns: 50 },
  );
});

test('a hash carries its cost and a salt of its own', async () => {
  const hash = await hashPassword('tea', { N: 1024, r: 8, p: 1 }, randomBytes);
  expect(hash).toMatch(/^\$scrypt\$ln=10,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/);
  expect(await hashPassword('tea', { N: 1024, r: 8, p: 1 }, randomBytes)).not.toBe(hash);
});

test('the cost that OWASP asks for works', async () => {
  const hash = await hashPassword('tea', OWASP_SCRYPT_COST, randomBytes);
  expect(hash).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$/);
  expect(await verifyPassword('tea', hash)).toBe(true);
});

// RFC 7914 §12, third vector, cut to 32 bytes: scrypt's output is a prefix of any longer one.
test('agrees with the published test vector', async () => {
  const salt = Buffer.from('SodiumChloride').toString('base64url');
  const key = Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex');
  const hash = `$scrypt$ln=14,r=8,p=1$${salt}$${key.toString('base64url')}`;
  expect(await verifyPassword('pleaseletmein', hash)).toBe(true);
});

test.each(['', 'tea', '$2b$10$abc', `$scrypt$ln=30,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`])(
  'a stored hash %j that cannot be read is an error that does not show it',
  async (hash) => {
    const error = await verifyPassword('tea', hash).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PasswordHashError);
    if (hash !== '') expect((error as Error).message).not.toContain(hash);
  },
);
