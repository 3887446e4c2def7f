/** Decides the id of a line's document, so that every delivery of the same line writes the same document. */
import { createHash } from 'node:crypto';

/** 132 bits of a SHA-256, in base64url. */
const HASH_CHARS = 22;

/** Shared by all lines of a stream: one hash a record, not one a line. */
export function streamHash(owner: string, logGroup: string, logStream: string): string {
  return shortHash(JSON.stringify([owner, logGroup, logStream]));
}

/** `<stream>-<event id>`; an event id that is long or holds other characters is hashed. At most 87 bytes. */
export function documentId(hash: string, eventId: string): string {
  return `${hash}-${/^[\w-]{1,64}$/.test(eventId) ? eventId : `h${shortHash(eventId)}`}`;
}

export function shortHash(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, HASH_CHARS);
}
