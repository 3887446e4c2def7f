/** Decides what is written of who acted: the one text that the trail, the caps and the detectors must all know by the same name. */
import type { LineRedaction } from './line-redaction.ts';

/** One word that is no URL and no assignment. */
const ONE_WORD = /^(?!.*\/\/)[^\s=]+$/s;
/** `orders:read`, `token:refresh`: what somebody may do. */
const SCOPE = /^[\w./-]{1,64}:[a-z*_-]{1,24}$/;

/**
 * A user id, principal or tenant as the SDK writes it: an e-mail address that somebody is known by stays, since the SDK links it
 * into the chain and enforces caps under it. Credentials in it are hidden. A deployment that does not want addresses
 * in its indices names the member (`user.id`, `principal`) among its own rules for names, best as a hash.
 */
export function identityText(name: string, identity: string, redaction: LineRedaction): string {
  if (redaction.name(name) === 'secret') return JSON.parse(redaction.member(name, identity)) as string;
  if (redaction.isClean(identity)) return identity;
  const isKnownByAddress = ONE_WORD.test(identity) && redaction.isClean(identity.replaceAll('@', '/'));
  return isKnownByAddress ? identity : redaction.text(identity);
}

/** A role or scope. */
export function roleText(role: string, redaction: LineRedaction): string {
  return SCOPE.test(role) ? role : redaction.text(role);
}
