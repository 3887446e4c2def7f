/** Inflates gzip within a limit, so that a small record cannot fill the memory. */
import { gunzipSync } from 'node:zlib';

export type Inflated =
  | { readonly is: 'bytes'; readonly bytes: Uint8Array }
  | { readonly is: 'unreadable'; readonly reason: string };

/** Bytes that do not open like gzip (RFC 1952) are returned as they are. */
export function inflate(bytes: Uint8Array, maxInflatedBytes: number): Inflated {
  if (!isGzip(bytes)) return { is: 'bytes', bytes };
  try {
    return { is: 'bytes', bytes: gunzipSync(bytes, { maxOutputLength: maxInflatedBytes }) };
  } catch (error) {
    return { is: 'unreadable', reason: reasonOf(error, maxInflatedBytes) };
  }
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function reasonOf(error: unknown, maxInflatedBytes: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_BUFFER_TOO_LARGE') return `gzip: inflates to more than ${maxInflatedBytes} bytes`;
  if (code === 'Z_BUF_ERROR') return 'gzip: ends before its end';
  return `gzip: ${error instanceof Error ? error.message : 'cannot be read'}`;
}
