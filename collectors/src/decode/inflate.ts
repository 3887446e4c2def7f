/** Inflates gzip within a limit, so that a small record cannot fill the memory. */
import { gunzipSync } from 'node:zlib';

export type Inflated =
  | { readonly is: 'bytes'; readonly bytes: Uint8Array }
  | { readonly is: 'unreadable'; readonly reason: string };

/** Smallest gzip: ten bytes of header, two of data, four of checksum and four of size (RFC 1952). */
const SMALLEST_GZIP = 20;
/** Deflate makes at most so many bytes of one (zlib's technical details: 1032:1). */
const MOST_PER_BYTE = 1032;
const SMALLEST_CHUNK = 1024;

/** Bytes that do not open like gzip (RFC 1952) are returned as they are. */
export function inflate(bytes: Uint8Array, maxInflatedBytes: number): Inflated {
  if (!isGzip(bytes)) return { is: 'bytes', bytes };
  try {
    const chunkSize = chunkBytes(bytes, maxInflatedBytes);
    return { is: 'bytes', bytes: gunzipSync(bytes, { maxOutputLength: maxInflatedBytes, chunkSize }) };
  } catch (error) {
    return { is: 'unreadable', reason: reasonOf(error, maxInflatedBytes) };
  }
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * One byte more than the size at the end says, as far as that can be true: so zlib fills a single piece of memory, and no second
 * one is needed to join the parts; where it says too little (several members, or a lie), the parts are joined.
 */
function chunkBytes(bytes: Uint8Array, maxInflatedBytes: number): number {
  if (bytes.length < SMALLEST_GZIP) return SMALLEST_CHUNK;
  const said = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(
    bytes.length - 4,
    true,
  );
  const likely = Math.min(said + 1, maxInflatedBytes, bytes.length * MOST_PER_BYTE);
  return Math.max(SMALLEST_CHUNK, likely);
}

function reasonOf(error: unknown, maxInflatedBytes: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_BUFFER_TOO_LARGE') return `gzip: inflates to more than ${maxInflatedBytes} bytes`;
  if (code === 'Z_BUF_ERROR') return 'gzip: ends before its end';
  return `gzip: ${error instanceof Error ? error.message : 'cannot be read'}`;
}
