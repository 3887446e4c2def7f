/** The hash that links a trail record to the one before it, for the writer that makes it and the reader that checks it. */
import { createHmac, hash, type KeyObject } from 'node:crypto';
import type { TrailLink } from './record.ts';

/** `prev` of an instance's first trail record. */
export const FIRST_PREV: string = '0'.repeat(64);

/**
 * SHA-256 of the canonical record, or HMAC-SHA-256 with the key; 64 lower-case hex digits. The record is the object that
 * its line holds, with its link in `chain`; a `chain.hash` that is there already is not part of it.
 */
export function linkHash(record: Readonly<Record<string, unknown>>, key?: KeyObject): string {
  const { hash: _made, ...chain } = record.chain as Partial<TrailLink>;
  const text = canonicalJson({ ...record, chain });
  return key === undefined
    ? hash('sha256', text, 'hex')
    : createHmac('sha256', key).update(text).digest('hex');
}

/**
 * JSON with the members of every object in the order of their names' UTF-16 code units and no white space (RFC 8785).
 * What JSON cannot say is left out or becomes null as `JSON.stringify` does it, so that a value and what is read back
 * from its line have one form. A lone surrogate, which the RFC forbids, is written as its escape.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const record = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const name of Object.keys(record).sort()) {
    const member = record[name];
    if (member === undefined || typeof member === 'function' || typeof member === 'symbol') continue;
    text += `${text === '' ? '' : ','}${quoted(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Printable ASCII but for the quote and the backslash: most texts, which then need no escaping. */
const PLAIN = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
