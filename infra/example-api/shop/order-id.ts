/** Makes, reads and recognises order ids: UUIDs of version 7, which sort by time and cannot be guessed. */
import { description, pipe, regex, string } from 'valibot';
import type { RandomBytes } from '../identity/password.ts';

/** A UUIDv7 (RFC 9562 §5.7) of epoch milliseconds `now` and 74 random bits. */
export function orderId(now: number, randomBytes: RandomBytes): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.set(randomBytes(10), 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Epoch milliseconds at which the order of an id was made. */
export function orderTime(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

export const OrderIdSchema = pipe(
  string(),
  regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  description('an order id'),
);
