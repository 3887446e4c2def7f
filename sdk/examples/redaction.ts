import { type Redaction, redactionRules } from '@trailgate/sdk/redaction';

/** For `createTrailgate({ redaction: shopRedaction(process.env.LOG_HASH_KEY ?? '') })`. */
export function shopRedaction(hashKey: string): Redaction {
  return redactionRules({
    names: ['loyaltyNumber', /^x-internal-/i], // secret here, on top of the built-in names
    allow: ['sessionToken'], // looks secret and is not: an id that support asks for
    patterns: [{ name: 'voucher', pattern: /\bVCH-[A-Z0-9]{8}\b/ }], // written as [redacted:voucher]
    hash: { key: hashKey, names: ['customerId'] }, // can be counted and joined, but not read
  });
}
