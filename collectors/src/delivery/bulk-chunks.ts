/** Cuts parcels into bulk calls of a size that every instance type takes. */
import type { Parcel } from '../route/shape-batch.ts';

/** Bytes of documents a call: small AWS instance types refuse bodies over 10 MB. */
const MAX_BULK_BYTES = 5_000_000;
const MAX_BULK_DOCUMENTS = 2_000;

export function bulkChunks(parcels: readonly Parcel[]): readonly (readonly Parcel[])[] {
  const chunks: Parcel[][] = [];
  let chunk: Parcel[] = [];
  let bytes = 0;
  for (const parcel of parcels) {
    const size = Buffer.byteLength(parcel.document.source);
    if (chunk.length > 0 && (bytes + size > MAX_BULK_BYTES || chunk.length >= MAX_BULK_DOCUMENTS)) {
      chunks.push(chunk);
      chunk = [];
      bytes = 0;
    }
    chunk.push(parcel);
    bytes += size;
  }
  if (chunk.length > 0) chunks.push(chunk);
  return chunks;
}
